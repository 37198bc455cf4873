import type { Place } from "./front-door";
import { isPublic, operationOf } from "./operations";

/**
 * What browsers may reach on the gateway's port. All else is for programs: whatever is signed, and the emulator.
 *
 * | | pages of this machine | somebody who types the address | pages of other sites, with the whole tab |
 * |---|---|---|---|
 * | Cognito's public operations | yes | | |
 * | keys of a pool | yes | yes | |
 * | what `/_local/` offers | yes | yes | |
 */
export const places: readonly Place[] = [
  {
    from: ["page"],
    methods: ["POST"],
    path: /^\/$/,
    allows: (headers) => headers.authorization === undefined && isPublic(operationOf(headers)),
  },
  { from: ["page", "person"], methods: ["GET", "HEAD"], path: /^\/[\w-]+_\w+\/\.well-known\/[\w.-]+$/ },
  { from: ["page", "person"], methods: ["GET", "HEAD"], path: /^\/_local\// },
];
