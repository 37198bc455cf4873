import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { EmulatorAgent } from "../../../gateway/emulator/agent";
import { connect } from "../../../gateway/emulator/aws";
import { KeptAnswers } from "../../../gateway/emulator/kept-answers";
import type { ReceivedRequest } from "../../../gateway/http/body";
import { serveConfiguration } from "../../../gateway/operations/configuration";
import { isConfiguration } from "../../../gateway/operations/lookup";
import { fakeContext, withStore } from "../fake-context";

describe("an answer", () => {
  it("is asked for once, also by many at a time", async () => {
    const answers = new KeptAnswers();
    const ask = jest.fn(async () => "pool");
    expect(await Promise.all([1, 2, 3].map(() => answers.get("a", ask)))).toEqual(["pool", "pool", "pool"]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("that there is nothing, or that is an error, is not kept", async () => {
    const answers = new KeptAnswers();
    expect(await answers.get("a", async () => undefined)).toBeUndefined();
    await expect(answers.get("a", () => Promise.reject(new Error("no emulator")))).rejects.toThrow("no emulator");
    expect(await answers.get("a", async () => "pool")).toBe("pool");
  });

  it("that was on its way when all were forgotten, is not kept", async () => {
    const answers = new KeptAnswers();
    let end: (answer: string) => void = () => {};
    const early = answers.get("a", () => {
      return new Promise<string>((done) => {
        end = done;
      });
    });
    answers.forget();
    const later = answers.get("a", async () => "after the change");
    end("before the change");
    expect(await early).toBe("before the change");
    expect(await later).toBe("after the change");
    expect(await answers.get("a", async () => "asked again")).toBe("after the change");
  });

  it("is not kept for a minute after something may change in another way", async () => {
    jest.useFakeTimers({ now: 0 });
    const answers = new KeptAnswers();
    const ask = jest.fn(async () => "pool");
    await answers.get("a", ask);
    answers.outdate();
    await answers.get("a", ask);
    await answers.get("a", ask);
    expect(ask).toHaveBeenCalledTimes(3);
    jest.setSystemTime(60_000);
    await answers.get("a", ask);
    await answers.get("a", ask);
    expect(ask).toHaveBeenCalledTimes(4);
    jest.useRealTimers();
  });
});

describe("what the emulator says of a pool and its app client", () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  const socket = join(folder, "socket");
  let asked: string[] = [];
  /** An emulator that says yes to everything. */
  const server = createServer((incoming, outgoing) => {
    const operation = String(incoming.headers["x-amz-target"]).split(".")[1] ?? "";
    asked.push(operation);
    incoming.resume().on("end", () => {
      const body = { UserPool: { Id: "eu-west-1_a" }, UserPoolClient: { ClientId: "a" } };
      outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    });
  });
  beforeAll(() => new Promise<void>((done) => server.listen(socket, done)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  const contextIn = withStore();
  const described = ["DescribeUserPool", "DescribeUserPoolClient"];
  const operations = Object.keys(Cognito)
    .filter((name) => /Command$/.test(name))
    .map((name) => name.slice(0, -"Command".length))
    .filter(isConfiguration);

  it.each(operations)("is asked for again after %s, if that may change it", async (operation) => {
    const emulator = new EmulatorAgent(socket);
    const aws = connect(emulator, "eu-west-1");
    const context = fakeContext({ ...contextIn({}), emulator, aws });
    const look = () => aws.client("a", "eu-west-1_a");
    asked = [];
    await look();
    await look();
    expect(asked.sort()).toEqual(described);

    const input = { UserPoolId: "eu-west-1_b", ClientId: "b", GroupName: "b" };
    const request = {
      method: "POST",
      url: "/",
      headers: {},
      rawHeaders: ["host", "localhost", "x-amz-target", `AWSCognitoIdentityProviderService.${operation}`],
      body: Buffer.from(JSON.stringify(input)),
    } as ReceivedRequest;
    await serveConfiguration(context, operation, request);
    asked = [];
    await look();
    const changes = /^(Add|Create|Delete|Set|Tag|Untag|Update)/.test(operation);
    expect(asked.sort()).toEqual(changes ? described : []);
    emulator.destroy();
  });
});
