import { randomBytes } from "node:crypto";
import type { IdentityProviderType } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext, PoolContext } from "../context";
import type { AuthorizationRequest } from "../hosted/authorization-request";
import { cookie, cookieOf } from "../hosted/cookies";
import { type HostedAnswer, type HostedRequest, redirect } from "../hosted/exchange";
import { invalidRequest, notImplemented, OAuthError } from "../hosted/oauth-error";
import { doorsOf } from "../pools/client-providers";
import { hashed } from "../storage/hashed";
import { key } from "../storage/store";
import { hostedBase } from "../tokens/pool-keys";
import { addressAt, type Departure, faultIn, newDeparture } from "./oidc";

/** Somebody who has left for a provider and is not back yet. */
interface Away extends Departure {
  readonly clientId: string;
  readonly authorization: AuthorizationRequest;
  readonly provider: string;
  /** The hash of the cookie of the browser that left. Another one cannot come back in its place. */
  readonly browser: string;
  readonly until: number;
}

const cookieName = "csrf-state";
/** In milliseconds. */
const lifetime = 10 * 60_000;
const recordOf = ({ poolId }: PoolContext, state: string) => key("federation", poolId, hashed(state));

/** The address to which providers send people back. It is registered there. */
export const returnAddress = (context: PoolContext) => `${hostedBase(context, context.poolId)}/oauth2/idpresponse`;

/** Finds a provider that an app client offers. */
export async function findProvider(
  context: ClientContext,
  name: string,
  authorization: AuthorizationRequest,
): Promise<IdentityProviderType> {
  const provider = doorsOf(context.client).includes(name) && (await context.aws.identityProvider(context.poolId, name));
  if (!provider) throw invalidRequest("This app client has no such identity provider.", { callback: authorization });
  if (provider.ProviderType !== "OIDC") throw notImplemented(`identity providers of the type ${provider.ProviderType}`);
  return provider;
}

/** Sends a person to an identity provider. */
export async function leaveFor(
  context: ClientContext,
  name: string,
  authorization: AuthorizationRequest,
  { headers }: HostedRequest,
): Promise<HostedAnswer> {
  const provider = await findProvider(context, name, authorization);
  const departure = newDeparture();
  const address = await addressAt(provider, departure, returnAddress(context)).catch((error) => {
    const message = `${name} Error - ${faultIn(error)}`;
    throw new OAuthError("server_error", message, { callback: authorization });
  });
  const secret = cookieOf(headers, cookieName) ?? randomBytes(24).toString("base64url");
  const { clientId } = context;
  const until = Date.now() + lifetime;
  const away: Away = { ...departure, clientId, authorization, provider: name, browser: hashed(secret), until };
  await context.store.commit([[recordOf(context, departure.state), away]]);
  return redirect(address, [cookie(context, cookieName, secret, { sameSite: "Lax" })]);
}

/** The person who comes back with a state, once, in the browser that left. */
export async function welcomeBack(
  context: PoolContext,
  { headers }: HostedRequest,
  state: string | undefined,
): Promise<Away> {
  const record = recordOf(context, state ?? "");
  const away = await context.store.locked([record], async () => {
    const found = context.store.get<Away>(record);
    if (found) await context.store.commit([[record, undefined]]);
    return found;
  });
  const isSame = away && away.browser === hashed(cookieOf(headers, cookieName) ?? "");
  if (!isSame || away.until < Date.now())
    throw invalidRequest(
      "Nobody left for an identity provider with this state, in this browser and a short while ago.",
    );
  return away;
}
