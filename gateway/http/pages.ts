import type { GatewayContext } from "../context";
import { readMailbox } from "../emulator/mailbox";
import { discovery, jwks } from "../tokens/pool-keys";
import { pathOf, type Serve } from "./front-door";
import { mailboxPage } from "./mailbox-page";
import { sendJson } from "./send";

/** The pages below `/_local/`: a text is HTML, an object is JSON. */
const localPages = new Map<string, (context: GatewayContext) => Promise<object | string>>([
  ["mailbox", async ({ emulator, account }) => mailboxPage(await readMailbox(emulator, account))],
  ["mailbox.json", ({ emulator, account }) => readMailbox(emulator, account)],
  ["triggers.json", async ({ triggerLog }) => triggerLog],
]);

/** Serves the pages below `/_local/`. */
export const serveLocalPage =
  (context: GatewayContext): Serve =>
  async ({ url }, outgoing) => {
    const content = await localPages.get(pathOf(url).slice("/_local/".length))?.(context);
    if (!content) return sendJson(outgoing, 404, { message: "There is no such page." });
    if (typeof content === "object") return sendJson(outgoing, 200, content);
    outgoing.setHeader(
      "content-security-policy",
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    );
    outgoing.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(content);
  };

/** The addresses of what a pool says in public: its keys, and where everything is. */
export const wellKnownPath = /^\/([\w-]+_\w+)\/\.well-known\/(jwks\.json|openid-configuration)$/;

/** Serves these. */
export const serveWellKnown =
  (context: GatewayContext): Serve =>
  async ({ url }, outgoing) => {
    const [, poolId = "", file] = wellKnownPath.exec(pathOf(url)) ?? [];
    const pool = await context.aws.findPool(poolId);
    if (!pool) return sendJson(outgoing, 404, { message: `User pool ${poolId} does not exist.` });
    const isKeys = file === "jwks.json";
    sendJson(outgoing, 200, isKeys ? await jwks(context.store, poolId) : discovery(context, pool));
  };
