import { z } from "zod";
import { listWithoutRepeats } from "./lists";

/** Cognito's limits for an app client. */
const LONGEST = 1024;
const MOST = 100;

/** The hosts of this machine. Cognito allows http for these alone. */
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** Schemes of the browser itself: no app can have them. */
const OF_THE_BROWSER = ["about", "blob", "data", "file", "ftp", "javascript", "vbscript", "ws", "wss"];

const ALLOWED =
  "must be an https address, http on this machine (localhost, 127.0.0.1 or [::1]), or an app's own such as myapp://callback";

/**
 * The addresses to which managed login may send people back. Cognito compares the whole address, so it has no
 * wildcards.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
export const redirectUrls = () =>
  listWithoutRepeats(
    z.string().superRefine((address, context) => {
      const message = mistake(address);
      if (message) context.addIssue({ code: "custom", input: address, message });
    }),
    "must be a list of addresses",
  ).max(MOST, `must name ${MOST} addresses at most`);

/** What is wrong with an address, as the second half of a sentence. */
function mistake(address: string): string | undefined {
  if (/[\s\p{C}]/u.test(address)) return "must be without spaces";
  if (address.includes("*")) return "must be without *, because Cognito compares the whole address";
  if (address.includes("#")) return "must be without a fragment, which is what follows #";
  if (address.length > LONGEST) return `must have ${LONGEST} characters at most`;
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/.exec(address) ?? [];
  if (!scheme || OF_THE_BROWSER.includes(scheme)) return ALLOWED;
  if (scheme !== "http" && scheme !== "https") return undefined;
  if (/^[^/?]*@/.test(rest)) return "must be without a user name and password";
  if (!/^[^/?:\\]/.test(rest)) return "must have a host";
  if (!URL.canParse(address)) return ALLOWED;
  // As it is written: Cognito does not know that 127.1 is 127.0.0.1, as browsers do.
  const [host = ""] = /^(\[[^\]]*\]|[^/?:]*)/.exec(rest) ?? [];
  return scheme === "https" || LOOPBACK.includes(host) ? undefined : ALLOWED;
}
