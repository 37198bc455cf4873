import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { signedPost } from "../../functions/shared/signed-post";

const requests: IncomingMessage[] = [];
let respond: (response: ServerResponse, socket: Socket) => void;
const server = createServer((request, response) => {
  requests.push(request);
  request.resume().on("end", () => respond(response, request.socket));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_SESSION_TOKEN: "token",
  });
});
afterAll(() => {
  delete process.env.AWS_SESSION_TOKEN;
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests.length = 0;
  respond = (response) => response.end("done");
});

const post = (deadline?: number) =>
  signedPost({ service: "dynamodb", headers: { "x-amz-target": "T" }, body: '{"é":1}', deadline });
/** Ends a connection without a word, as a service does with one that was idle for too long. */
const reset = (_: ServerResponse, socket: Socket): void => {
  socket.resetAndDestroy();
};

it("signs every header that it sends but those of the connection", async () => {
  expect(await post()).toMatchObject({ status: 200, body: "done" });
  const { headers, method, url } = requests[0] ?? ({} as IncomingMessage);
  expect([method, url]).toEqual(["POST", "/"]);
  expect(headers).toMatchObject({ "x-amz-security-token": "token", "content-length": "8" });
  expect(headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/dynamodb\/aws4_request, SignedHeaders=([\w-]+;)*host;([\w-]+;)*x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/,
  );
});

it("uses a connection again", async () => {
  await post();
  await post();
  expect(requests[1]?.socket).toBe(requests[0]?.socket);
});

it("takes a new connection, once, when the one that it kept has ended meanwhile", async () => {
  await post();
  let resets = 1;
  respond = (response, socket) => {
    if (resets-- > 0) reset(response, socket);
    else response.end("done");
  };
  expect(await post()).toMatchObject({ status: 200, body: "done" });
  expect(requests).toHaveLength(3);
  expect(requests[2]?.socket).not.toBe(requests[1]?.socket);
});

it("goes on until a connection is new, when several that it kept have ended meanwhile", async () => {
  await Promise.all([post(), post()]);
  const kept = new Set(requests.map(({ socket }) => socket));
  expect(kept.size).toBe(2);
  respond = (response, socket) => {
    if (kept.has(socket)) reset(response, socket);
    else response.end("done");
  };
  expect(await post()).toMatchObject({ status: 200, body: "done" });
  expect(requests).toHaveLength(5);
});

it("counts the time of both tries, and says that it has run out", async () => {
  await post();
  let resets = 1;
  respond = (response, socket) => {
    if (resets-- > 0) reset(response, socket);
  };
  await expect(post(200)).rejects.toMatchObject({ name: "TimeoutError" });
});

it("does not try again where a new connection ends", async () => {
  await post();
  respond = reset;
  await expect(post()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(requests).toHaveLength(3);
  await expect(post()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(requests).toHaveLength(4);
});
