import type { IncomingMessage, ServerResponse } from "node:http";
import { mailboxPage, readMailbox } from "./mailbox";
import { discovery, jwks } from "./pool-keys";
import type { Cloud } from "./routes";

/** What this machine's user may look at: text is a page for people. */
const pages = new Map<string, (cloud: Cloud) => Promise<object | string>>([
  ["mailbox", async (cloud) => mailboxPage(await readMailbox(cloud.emulator, cloud.account))],
  ["mailbox.json", (cloud) => readMailbox(cloud.emulator, cloud.account)],
  ["triggers.json", async (cloud) => cloud.triggerLog],
]);

/** Serves our own pages; false where the path is none of them. */
export async function page(cloud: Cloud, { url = "/" }: IncomingMessage, outgoing: ServerResponse): Promise<boolean> {
  const [path = ""] = url.split("?");
  const pool = /^\/([\w-]+_\w+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(path);
  if (pool?.[1]) {
    await wellKnown(cloud, pool[1], pool[2] === "jwks.json", outgoing);
  } else if (path.startsWith("/_local/")) {
    await local(cloud, path.slice("/_local/".length), outgoing);
  } else return false;
  return true;
}

async function local(cloud: Cloud, name: string, outgoing: ServerResponse) {
  const content = await pages.get(name)?.(cloud);
  if (!content) return send(outgoing, 404, { message: "There is no such page." });
  if (typeof content === "object") return send(outgoing, 200, content);
  outgoing.setHeader("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
  outgoing.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(content);
}

async function wellKnown(cloud: Cloud, pool: string, keys: boolean, outgoing: ServerResponse) {
  if (!(await cloud.aws.knownPool(pool))) return send(outgoing, 404, { message: `User pool ${pool} does not exist.` });
  send(outgoing, 200, keys ? await jwks(cloud.store, pool) : discovery(cloud.region, pool));
}

export function send(outgoing: ServerResponse, status: number, body: object, type = "application/json"): void {
  outgoing.writeHead(status, { "content-type": type });
  outgoing.end(JSON.stringify(body, asSeconds));
}

/** The wire has times as seconds; a Date has become text before a replacer sees it, hence `this`. */
function asSeconds(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const original = this[name];
  return original instanceof Date ? original.getTime() / 1000 : value;
}
