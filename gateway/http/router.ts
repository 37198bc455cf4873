import type { IncomingMessage } from "node:http";
import type { GatewayContext } from "../context";
import { passThrough } from "../emulator/forward";
import { hostedPath } from "../hosted/endpoints";
import { serveHosted } from "../hosted/serve-hosted";
import { operationOf } from "../operations/lookup";
import { isClosed } from "./closed-paths";
import { type BrowserRoute, pathOf, type Serve } from "./front-door";
import { report } from "./report";
import { sendJson } from "./send";
import { serveCognito } from "./serve-cognito";

/** Answers programs: with an operation of Cognito's, a page for browsers too, or what the emulator answers. */
export function servePrograms(context: GatewayContext, browserRoutes: readonly BrowserRoute[]): Serve {
  const cognito = serveCognito(context);
  const hosted = serveHosted(context);
  const emulator: Serve = (incoming, outgoing) => {
    // A stack may have pools and app clients too. A program that waits for it asks again and again.
    if (/\/(cloudformation|cloudcontrolapi)\//.test(incoming.headers.authorization ?? "")) context.aws.outdate();
    return passThrough(context.emulator, incoming, outgoing);
  };
  const pages = browserRoutes.filter(({ methods }) => methods.includes("GET"));
  const serverOf = ({ url, headers }: IncomingMessage): Serve => {
    if (operationOf(headers) !== undefined) return cognito;
    if (hostedPath.test(pathOf(url))) return hosted;
    return pages.find(({ path }) => path.test(pathOf(url)))?.serve ?? emulator;
  };
  return async (incoming, outgoing) => {
    // This check comes first: the header that names an operation must not open a closed path.
    if (isClosed(incoming)) return sendJson(outgoing, 403, { message: "This local cloud does not serve this path." });
    try {
      await serverOf(incoming)(incoming, outgoing);
    } catch (error) {
      report(error, incoming);
      if (outgoing.headersSent) outgoing.destroy();
      else sendJson(outgoing, 502, { message: "The local cloud could not answer this request." });
    }
  };
}
