import type { GatewayContext } from "../context";
import { isPublic, operationOf } from "../operations/lookup";
import type { BrowserRoute } from "./front-door";
import { serveLocalPage, serveWellKnown, wellKnownPath } from "./pages";
import { serveCognito } from "./serve-cognito";

/**
 * What browsers may reach on the gateway's port. The rest is for programs: signed operations, and the emulator.
 *
 * | | pages of this machine | a person who types the address | a link from another site |
 * |---|---|---|---|
 * | Cognito's public operations | yes | | |
 * | keys of a pool | yes | yes | |
 * | the pages below `/_local/` | yes | yes | |
 */
export const browserRoutes = (context: GatewayContext): BrowserRoute[] => [
  {
    from: ["page"],
    methods: ["POST"],
    path: /^\/$/,
    allows: (headers) => headers.authorization === undefined && isPublic(operationOf(headers)),
    serve: serveCognito(context),
  },
  {
    from: ["page", "person"],
    methods: ["GET", "HEAD"],
    path: wellKnownPath,
    serve: serveWellKnown(context),
  },
  {
    from: ["page", "person"],
    methods: ["GET", "HEAD"],
    path: /^\/_local\//,
    serve: serveLocalPage(context),
  },
];
