import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";

const answer: RequestListener = (request, response) => {
  request.resume().on("end", () => {
    response
      .writeHead(200, { "content-type": "application/x-amz-json-1.0" })
      .end('{"Responses":{"block-list":[]},"UnprocessedKeys":{}}');
  });
};

/** A DynamoDB with an empty block list. @param tls the key and the certificate of `localhost`, if it speaks TLS */
export async function fakeDynamoDb(tls?: { key: string; cert: string }) {
  const server = tls ? createHttpsServer(tls, answer) : createHttpServer(answer);
  // To look a name up costs ten milliseconds in a fresh process, and is not what is measured.
  const host = tls ? "localhost" : "127.0.0.1";
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `${tls ? "https" : "http"}://${host}:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
