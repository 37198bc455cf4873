import type { IncomingMessage, ServerResponse } from "node:http";
import type { GatewayContext } from "../context";
import { readMailbox } from "../emulator/mailbox";
import { discovery, jwks } from "../tokens/pool-keys";
import { mailboxPage } from "./mailbox-page";
import { sendJson } from "./send";

/** The pages below `/_local/`: a text is HTML, an object is JSON. */
const localPages = new Map<string, (context: GatewayContext) => Promise<object | string>>([
  ["mailbox", async ({ emulator, account }) => mailboxPage(await readMailbox(emulator, account))],
  ["mailbox.json", ({ emulator, account }) => readMailbox(emulator, account)],
  ["triggers.json", async ({ triggerLog }) => triggerLog],
]);

/**
 * Serves the gateway's own pages.
 * @returns false where the path is none of them
 */
export async function servePage(
  context: GatewayContext,
  { url = "/" }: IncomingMessage,
  outgoing: ServerResponse,
): Promise<boolean> {
  const [path = ""] = url.split("?");
  const pool = /^\/([\w-]+_\w+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(path);
  if (pool?.[1]) {
    await serveWellKnown(context, pool[1], pool[2] === "jwks.json", outgoing);
  } else if (path.startsWith("/_local/")) {
    await serveLocalPage(context, path.slice("/_local/".length), outgoing);
  } else return false;
  return true;
}

async function serveLocalPage(context: GatewayContext, name: string, outgoing: ServerResponse) {
  const content = await localPages.get(name)?.(context);
  if (!content) return sendJson(outgoing, 404, { message: "There is no such page." });
  if (typeof content === "object") return sendJson(outgoing, 200, content);
  outgoing.setHeader("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
  outgoing.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(content);
}

async function serveWellKnown(context: GatewayContext, poolId: string, isKeys: boolean, outgoing: ServerResponse) {
  if (!(await context.aws.findPool(poolId)))
    return sendJson(outgoing, 404, { message: `User pool ${poolId} does not exist.` });
  sendJson(outgoing, 200, isKeys ? await jwks(context.store, poolId) : discovery(context.region, poolId));
}
