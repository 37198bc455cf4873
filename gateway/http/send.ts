import type { ServerResponse } from "node:http";

export function sendJson(outgoing: ServerResponse, status: number, body: object, type = "application/json"): void {
  outgoing.writeHead(status, { "content-type": type });
  outgoing.end(JSON.stringify(body, withSeconds));
}

/** Cognito writes times as seconds. JSON.stringify gives this function a Date as text, so it looks at `this` instead. */
function withSeconds(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const original = this[name];
  return original instanceof Date ? original.getTime() / 1000 : value;
}
