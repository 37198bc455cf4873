import { clientContext, type PoolContext } from "../context";
import { isException } from "../exceptions";
import { type HostedAnswer, type HostedRequest, parameterOf, repeated } from "../hosted/exchange";
import { finishSignIn } from "../hosted/finish";
import { invalidRequest, OAuthError, orToCallback } from "../hosted/oauth-error";
import { mappedAttributes } from "./attribute-mapping";
import { findProvider, returnAddress, welcomeBack } from "./departures";
import { signInFederated } from "./federated-sign-in";
import { claimsFrom, faultIn } from "./oidc";

/**
 * Where an identity provider sends people back to. From here on, each error and each refusal of a trigger goes to the
 * callback of the app client.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/idp-response-endpoint.html
 */
export async function idpResponse(context: PoolContext, request: HostedRequest): Promise<HostedAnswer> {
  const { query, search } = request;
  if (repeated(query)) throw invalidRequest("A parameter of this address is there more than once.");
  const {
    clientId,
    authorization,
    provider: name,
    ...departure
  } = await welcomeBack(context, request, parameterOf(query, "state"));
  const forClient = await clientContext(context, clientId, context.poolId).catch((error) => {
    throw isException(error) ? invalidRequest("This app client does not exist any more.") : error;
  });
  const provider = await findProvider(forClient, name, authorization);
  const claims = await claimsFrom(provider, departure, new URL(`${returnAddress(context)}${search}`)).catch((error) => {
    const refused = parameterOf(query, "error");
    throw new OAuthError(refused && /^[\w.-]{1,64}$/.test(refused) ? refused : "server_error", describe(name, error), {
      callback: authorization,
    });
  });
  const arrival = { provider, subject: claims.sub, attributes: mappedAttributes(provider, claims) };
  const user = await orToCallback(authorization, () => signInFederated(forClient, arrival));
  return finishSignIn(forClient, user, authorization, name);
}

const describe = (provider: string, error: unknown) => `${provider} Error - ${faultIn(error)}`;
