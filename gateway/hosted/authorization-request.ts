import { type ClientContext, clientContext, type PoolContext } from "../context";
import { isException } from "../exceptions";
import { parameterOf, repeated } from "./exchange";
import { type Callback, invalidRequest, OAuthError } from "./oauth-error";

/** What an app client asks for, once it is known to be allowed. */
export interface AuthorizationRequest extends Callback {
  readonly scopes: readonly string[];
  readonly nonce?: string;
  /** The hash that the code is bound to. @see https://www.rfc-editor.org/rfc/rfc7636#section-4.3 */
  readonly codeChallenge?: string;
}

/**
 * Checks the parameters of `/oauth2/authorize` and of the pages that pass them on. Until the app client and its callback
 * are known to belong together, an error is a page. After that, it goes to the callback.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export async function readAuthorizationRequest(
  context: PoolContext,
  query: URLSearchParams,
): Promise<[ClientContext, AuthorizationRequest]> {
  const twice = repeated(query);
  if (twice) throw invalidRequest(`The parameter ${twice} is there more than once.`);
  const forClient = await findClient(context, parameterOf(query, "client_id"));
  const { client } = forClient;
  const redirectUri = parameterOf(query, "redirect_uri");
  if (!redirectUri) throw invalidRequest("The parameter redirect_uri is missing.");
  if (!client.CallbackURLs?.includes(redirectUri))
    throw new OAuthError("redirect_mismatch", "The redirect_uri is none of the callback URLs of this app client.");
  const callback = { redirectUri, state: parameterOf(query, "state") };
  const fail = (error: string, message: string) => new OAuthError(error, message, { callback });
  checkFlow(forClient, query, fail);
  return [
    forClient,
    {
      ...callback,
      scopes: scopesIn(forClient, query, fail),
      nonce: parameterOf(query, "nonce"),
      codeChallenge: challengeIn(query, fail),
    },
  ];
}

type Fail = (error: string, message: string) => OAuthError;

/** The app client of a request. The hosted pages act for it, so they need not prove that they know its secret. */
export async function findClient(context: PoolContext, clientId: string | undefined): Promise<ClientContext> {
  if (!clientId) throw invalidRequest("The parameter client_id is missing.");
  try {
    const found = await clientContext(context, clientId, context.poolId);
    return { ...found, client: { ...found.client, ClientSecret: undefined } };
  } catch (error) {
    if (!isException(error, "ResourceNotFoundException")) throw error;
    throw new OAuthError("invalid_client", "This pool has no app client of this client_id.");
  }
}

function checkFlow({ client }: ClientContext, query: URLSearchParams, fail: Fail): void {
  const type = parameterOf(query, "response_type");
  if (!type) throw fail("invalid_request", "The parameter response_type is missing.");
  if (type !== "code")
    throw fail(
      "unsupported_response_type",
      "This local cloud serves the response_type code, and no tokens in an address.",
    );
  if (parameterOf(query, "response_mode") && query.get("response_mode") !== "query")
    throw fail("invalid_request", "This local cloud serves the response_mode query alone.");
  if (query.has("request")) throw fail("request_not_supported", "The parameter request is not supported.");
  if (query.has("request_uri")) throw fail("request_uri_not_supported", "The parameter request_uri is not supported.");
  if (!client.AllowedOAuthFlowsUserPoolClient || !client.AllowedOAuthFlows?.includes("code"))
    throw fail("unauthorized_client", "This app client does not allow the authorization code flow.");
}

/** An app client that names no scopes gets all that it allows. */
function scopesIn({ client }: ClientContext, query: URLSearchParams, fail: Fail): readonly string[] {
  const allowed = client.AllowedOAuthScopes ?? [];
  const wanted = parameterOf(query, "scope")?.split(" ") ?? allowed;
  if (!wanted.length || wanted.some((scope) => !allowed.includes(scope)))
    throw fail("invalid_scope", "This app client does not allow every scope that was asked for.");
  const needOpenid = wanted.filter((scope) => ["email", "phone", "profile"].includes(scope));
  if (needOpenid.length && !wanted.includes("openid"))
    throw fail("invalid_scope", `The scope ${needOpenid[0]} needs the scope openid.`);
  return [...new Set(wanted)];
}

/** As at Cognito, the challenge must be a SHA-256 hash. A plain one would show the secret that it is to prove. */
function challengeIn(query: URLSearchParams, fail: Fail): string | undefined {
  const challenge = parameterOf(query, "code_challenge");
  const method = parameterOf(query, "code_challenge_method");
  if (!challenge && !method) return undefined;
  if (!challenge) throw fail("invalid_request", "The parameter code_challenge is missing.");
  if (method !== "S256") throw fail("invalid_request", "The code_challenge_method must be S256.");
  if (!/^[\w-]{43}$/.test(challenge))
    throw fail("invalid_request", "The code_challenge is no SHA-256 hash in base64url.");
  return challenge;
}
