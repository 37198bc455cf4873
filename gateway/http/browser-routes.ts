import type { GatewayContext } from "../context";
import { browserPath, clientPath } from "../hosted/endpoints";
import { serveHosted } from "../hosted/serve-hosted";
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
 * | the hosted sign-in of a pool | yes | yes | yes |
 * | the hosted endpoints that answer JSON | yes | | |
 *
 * Another site may lead to a hosted page, since identity providers and front ends do so. It cannot send a form there.
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
  {
    from: ["page", "person", "link"],
    methods: ["GET"],
    path: browserPath,
    serve: serveHosted(context),
  },
  {
    from: ["page"],
    methods: ["POST"],
    path: browserPath,
    serve: serveHosted(context),
  },
  {
    from: ["page"],
    methods: ["GET", "POST"],
    path: clientPath,
    takesToken: true,
    serve: serveHosted(context),
  },
];
