import { rootKey } from "./aws";
import { refusal } from "./errors";
import type { Input } from "./input";
import { type Answer, exchange, type Received } from "./proxy";
import type { Cloud } from "./routes";

/**
 * Whether a signed operation is allowed; gives back the emulator's answer where it denies, and
 * nothing where the gateway may serve it.
 *
 * Root is not asked about. Everybody else's request goes to the emulator unchanged, so that IAM and
 * the signature hold for people and functions alike; it knows no users, so nothing but the check happens.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function denial(
  { emulator, aws }: Cloud,
  request: Received,
  operation: string,
  { UserPoolId = "", Username = "", MessageAction }: Input,
): Promise<Answer | undefined> {
  const credential = /\bCredential=([^/,\s]+)\//.exec(request.headers.authorization ?? "")?.[1];
  if (!credential) throw refusal("MissingAuthenticationTokenException", "Missing Authentication Token");
  if (credential === rootKey) return undefined;
  const ask = () => exchange(emulator, request);
  // With a user of that name already there, an allowed request neither makes one nor mails anybody.
  const creates = operation === "AdminCreateUser" && MessageAction !== "RESEND";
  const answer = creates ? await aws.withStandIn(UserPoolId, Username, ask) : await ask();
  return denies(answer) ? answer : undefined;
}

/** A pool that is not there is another account's: this one's was looked up before. */
const denies = ({ status, headers }: Answer) =>
  status >= 400 &&
  /AccessDenied|Signature|UnrecognizedClient|InvalidClientTokenId|AuthenticationToken|ExpiredToken|ResourceNotFound/.test(
    String(headers["x-amzn-errortype"] ?? "AccessDenied"),
  );
