import { type ClientContext, clientContext, type PoolContext } from "../context";
import { isException } from "../exceptions";
import { sameBytes } from "../same-bytes";
import { type HostedRequest, parameterOf, repeated } from "./exchange";
import { invalidRequest, OAuthError } from "./oauth-error";

/**
 * Finds the app client of a request without a browser. One with a secret must prove it, in the `Authorization` header
 * or in the form; one without must send none.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3
 */
export async function authenticateClient(
  context: PoolContext,
  { headers, form }: HostedRequest,
): Promise<ClientContext> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? ""))
    throw invalidRequest("The content type must be application/x-www-form-urlencoded.");
  const twice = repeated(form);
  if (twice) throw invalidRequest(`The parameter ${twice} is there more than once.`);
  const fromHeader = headers.authorization === undefined ? undefined : basicCredentials(headers.authorization);
  const inForm = { id: parameterOf(form, "client_id"), secret: parameterOf(form, "client_secret") };
  if (fromHeader && inForm.secret !== undefined)
    throw invalidRequest("The client secret is in the Authorization header and in the form: send it once.");
  if (fromHeader && inForm.id !== undefined && inForm.id !== fromHeader.id)
    throw invalidRequest("The client_id is not that of the Authorization header.");
  const { id, secret } = fromHeader ?? inForm;
  if (!id) throw invalidRequest("The parameter client_id is missing.");
  const refused = () => invalidClient(fromHeader !== undefined);
  const found = await clientContext(context, id, context.poolId).catch((error) => {
    throw isException(error, "ResourceNotFoundException") ? refused() : error;
  });
  const { ClientSecret } = found.client;
  if (ClientSecret ? !secret || !isSame(ClientSecret, secret) : secret) throw refused();
  return found;
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 on why both parts are encoded */
function basicCredentials(header: string): { id: string; secret: string } {
  const [, encoded = ""] = /^Basic ([\w+/=-]+)$/i.exec(header) ?? [];
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  if (id === undefined || secret === undefined) throw invalidClient(true);
  return { id: decoded(id), secret: decoded(secret) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw invalidClient(true);
  }
}

const isSame = (a: string, b: string) => sameBytes(Buffer.from(a), Buffer.from(b));

const invalidClient = (byHeader: boolean) =>
  new OAuthError(
    "invalid_client",
    "The app client is not known, or its secret is wrong.",
    byHeader ? { status: 401, challenge: 'Basic realm="cognito"' } : {},
  );
