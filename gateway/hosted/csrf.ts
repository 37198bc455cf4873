import { randomBytes } from "node:crypto";
import type { PoolContext } from "../context";
import { sameBytes } from "../same-bytes";
import { cookie, cookieOf } from "./cookies";
import type { HostedRequest } from "./exchange";
import { invalidRequest } from "./oauth-error";

// A form must carry the same random text as a cookie. Another site can make a browser send a form, but it can neither
// read the text nor have the browser send a `Strict` cookie.

const name = "XSRF-TOKEN";
export const csrfField = "_csrf";

/** The text for the forms of a page, and the cookie that goes with it. Two pages of one browser share it. */
export function csrfFor(context: PoolContext, { headers }: HostedRequest): { token: string; cookie: string } {
  const token = cookieOf(headers, name) ?? randomBytes(24).toString("base64url");
  return { token, cookie: cookie(context, name, token, { sameSite: "Strict" }) };
}

/** Checks that a form is one of our own pages'. */
export function checkCsrf({ origin }: PoolContext, { headers, form }: HostedRequest): void {
  const [sent, kept] = [Buffer.from(form.get(csrfField) ?? ""), Buffer.from(cookieOf(headers, name) ?? "")];
  const isSame = kept.length > 0 && sameBytes(sent, kept);
  const from = headers.origin ?? origin;
  if (!isSame || from !== origin)
    throw invalidRequest("This form is not one of this page's, or it is too old. Go back, and try again.", {
      status: 403,
    });
}
