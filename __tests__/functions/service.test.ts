import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sendMail } from "../../functions/shared/mail";
import { callService, ServiceError } from "../../functions/shared/service";

let answer: (response: ServerResponse) => void;
const server = createServer((_, response) => answer(response));

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const failure = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => Promise.reject("no failure"),
    (error) => error,
  );
const decrypt = (deadline?: number) => callService("kms", "TrentService.Decrypt", {}, { deadline });
const mail = () => sendMail({ from: "a@example.com", to: "b@example.com", subject: "c", html: "d" });

it.each([
  ["a plain code", 400, { __type: "ValidationException" }, "ValidationException"],
  ["a code with its shape", 400, { __type: "com.amazonaws.kms#NotFoundException" }, "NotFoundException"],
  ["no code", 503, {}, "503"],
])("reads %s of a service's refusal", async (_, status, body, name) => {
  answer = (response) => response.writeHead(status).end(JSON.stringify({ ...body, message: "of b@example.com" }));
  const error = await failure(decrypt());
  expect(error).toBeInstanceOf(ServiceError);
  expect([error.name, error.message]).toEqual([name, "TrentService.Decrypt failed"]);
  expect((error as ServiceError).answer()).toMatchObject(body);
});

it.each([200, 502])("quotes nothing of an answer that it cannot read (%d)", async (status) => {
  answer = (response) => response.writeHead(status).end('{"Plaintext":123456,b@example.com');
  const error = await failure(decrypt());
  expect(error).toBeInstanceOf(ServiceError);
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/Plaintext|123456|b@/);
});

it.each(["headers", "body"])("waits for an answer's %s as long as it is told", async (part) => {
  answer = (response) => {
    if (part === "body") response.writeHead(200).write("{");
  };
  const started = performance.now();
  expect((await failure(decrypt(100))).name).toBe("TimeoutError");
  expect(performance.now() - started).toBeLessThan(1000);
});

it.each([
  ["MessageRejected", "MessageRejected"],
  ["AccessDeniedException:http://internal.amazon.com/coral/com.amazon.coral.service/", "AccessDeniedException"],
  [undefined, "400"],
])("reads the code %s of a mail that was refused", async (header, name) => {
  answer = (response) => {
    if (header) response.setHeader("x-amzn-errortype", header);
    response.writeHead(400).end(JSON.stringify({ message: "Email address is not verified: b@example.com" }));
  };
  const error = await failure(mail());
  expect(error).toBeInstanceOf(ServiceError);
  expect([error.name, error.message]).toEqual([name, "SES SendEmail failed"]);
});
