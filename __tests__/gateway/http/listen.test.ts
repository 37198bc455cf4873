import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, type IncomingMessage, type RequestOptions, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GatewayContext } from "../../../gateway/context";
import { EmulatorAgent } from "../../../gateway/emulator/agent";
import { browserRoutes } from "../../../gateway/http/browser-routes";
import { listen } from "../../../gateway/http/listen";
import { servePrograms } from "../../../gateway/http/router";
import { freePort } from "../../../local/prerequisites";

const folder = mkdtempSync(join(tmpdir(), "emulator-"));
const socket = join(folder, "socket");
/** As the emulator answers: open to every page. */
const emulator = createServer(({ method }, outgoing) => {
  outgoing.writeHead(200, { "Access-Control-Allow-Origin": "*", "access-control-max-age": "1", etag: "a" }).end(method);
});
const toEmulator = new EmulatorAgent(socket);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let port: number;
let close: () => Promise<void>;

beforeAll(async () => {
  await new Promise<void>((resolve) => emulator.listen(socket, resolve));
  port = await freePort();
  const context = { emulator: toEmulator, triggerLog: [] } as unknown as GatewayContext;
  const routes = browserRoutes(context);
  close = await listen({ port, routes, serve: servePrograms(context, routes) });
});
afterAll(async () => {
  agent.destroy();
  await close();
  toEmulator.destroy();
  emulator.close();
  rmSync(folder, { recursive: true });
});

const listPools = { "x-amz-target": "AWSCognitoIdentityProviderService.ListUserPools" };
const signUp = { "x-amz-target": "AWSCognitoIdentityProviderService.SignUp" };

function send(body = "", options: RequestOptions = {}): Promise<IncomingMessage & { text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, agent, host: "127.0.0.1", method: "POST", ...options }, async (answer) => {
      let text = "";
      for await (const chunk of answer) text += chunk;
      resolve(Object.assign(answer, { text }));
    });
    sent.on("error", reject).end(body);
  });
}

it("passes an answer of the emulator on, without its list of pages that may read it", async () => {
  const { headers, text } = await send("body", { path: "/bucket/key", method: "PUT" });
  expect(text).toBe("PUT");
  expect(headers).toMatchObject({ etag: "a" });
  expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
});

it("answers a page of this machine, and lets that page read it", async () => {
  const origin = "http://localhost:3000";
  const { statusCode, headers, text } = await send("{}", { headers: { ...signUp, origin } });
  expect(statusCode).toBe(400);
  expect(headers).toMatchObject({ "access-control-allow-origin": origin, vary: "origin" });
  expect(JSON.parse(text).message).toContain("clientId");
});

it("lets a page of this machine ask first", async () => {
  const headers = { origin: "http://localhost:3000", "access-control-request-method": "POST" };
  expect(await send("", { method: "OPTIONS", headers })).toMatchObject({
    statusCode: 204,
    headers: {
      "access-control-allow-origin": headers.origin,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "*",
    },
  });
});

it("serves a page of this machine what it was let in for, whatever its headers name", async () => {
  const headers = { origin: "http://localhost:3000", ...listPools };
  const { statusCode, text } = await send("", {
    method: "GET",
    path: "/_local/triggers.json?Action=CreateRole",
    headers,
  });
  expect([statusCode, text]).toEqual([200, "[]"]);
});

it("refuses a page of another site, however much it sends, and goes on with the next request", async () => {
  const headers = { origin: "http://evil.example" };
  const refused = await send("x".repeat(3_000_000), { headers });
  expect(refused.statusCode).toBe(403);
  expect(refused.headers).not.toHaveProperty("access-control-allow-origin");
  expect((await send("{}", { headers: signUp })).statusCode).toBe(400);
});

it.each([1_000_001, 30_000_000])("answers a request of %d bytes, closes its connection, and goes on", async (size) => {
  const large = await send("x".repeat(size), { headers: signUp });
  expect(large.statusCode).toBe(413);
  expect(large.headers).toMatchObject({ connection: "close", "x-amzn-errortype": "RequestEntityTooLargeException" });
  expect((await send("{}", { headers: signUp })).statusCode).toBe(400);
});

it("closes the connection of a client that never stops sending", async () => {
  const endless = connect(port, "127.0.0.1");
  const closed = new Promise((resolve) => endless.once("close", resolve));
  let answer = "";
  endless
    .on("error", () => {})
    .on("data", (chunk) => {
      answer += chunk;
    });
  endless.write(`POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: ${signUp["x-amz-target"]}\r\n`);
  endless.write("transfer-encoding: chunked\r\n\r\n");
  const writing = setInterval(() => endless.write(`10000\r\n${"x".repeat(65536)}\r\n`), 5);
  await closed;
  clearInterval(writing);
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
});
