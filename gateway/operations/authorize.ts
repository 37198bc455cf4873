import type { GatewayContext } from "../context";
import { rootKey } from "../emulator/aws";
import { type EmulatorResponse, exchange } from "../emulator/forward";
import { exception } from "../exceptions";
import type { ReceivedRequest } from "../http/body";
import type { RawRequest } from "./request";

/**
 * Asks the emulator whether IAM allows a signed operation, for everybody but root. The emulator gets the request
 * unchanged, so it checks the signature too. It knows no users, so an allowed request fails there and changes nothing.
 * @returns the emulator's answer where it denies the request
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function deniedByIam(
  { emulator, aws }: GatewayContext,
  request: ReceivedRequest,
  operation: string,
  { UserPoolId = "", Username = "", MessageAction }: RawRequest,
): Promise<EmulatorResponse | undefined> {
  const credential = credentialOf(request);
  if (!credential) throw exception("MissingAuthenticationTokenException", "Missing Authentication Token");
  if (credential.key === rootKey) return undefined;
  const ask = () => exchange(emulator, request);
  // AdminCreateUser would make a user in the emulator. It fails instead where there is a user of that name.
  const createsUser = operation === "AdminCreateUser" && MessageAction !== "RESEND";
  const answer = createsUser ? await aws.withTemporaryUser(String(UserPoolId), String(Username), ask) : await ask();
  return isDenial(answer) ? answer : undefined;
}

/** The access key that has signed a request, and the Region that it is signed for. */
export function credentialOf({ headers }: ReceivedRequest): { key: string; region: string } | undefined {
  const [, key, region = ""] =
    /\bCredential=([^/,\s]+)\/(?:[^/,\s]*\/([^/,\s]*)\/)?/.exec(headers.authorization ?? "") ?? [];
  return key === undefined ? undefined : { key, region };
}

/** The emulator does not find a pool of another account. That is a denial, too. */
const isDenial = ({ status, headers }: EmulatorResponse) =>
  status >= 400 &&
  /AccessDenied|Signature|UnrecognizedClient|InvalidClientTokenId|AuthenticationToken|ExpiredToken|ResourceNotFound/.test(
    String(headers["x-amzn-errortype"] ?? "AccessDenied"),
  );
