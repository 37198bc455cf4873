import { createHmac, timingSafeEqual } from "node:crypto";
import type { TimeUnitsType, UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { invalidParameter, notAuthorized } from "./errors";

/** Whether the client wants to know nothing about who exists. */
export const hidesUsers = (client: UserPoolClientType) => client.PreventUserExistenceErrors === "ENABLED";

/** What AWS says where a flow is not open, and the names it goes by in `ExplicitAuthFlows`. */
const flows: Readonly<Record<string, readonly [text: string, ...names: string[]]>> = {
  USER_PASSWORD_AUTH: [
    "USER_PASSWORD_AUTH flow not enabled for this client",
    "ALLOW_USER_PASSWORD_AUTH",
    "USER_PASSWORD_AUTH",
  ],
  ADMIN_USER_PASSWORD_AUTH: [
    "Auth flow not enabled for this client",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ADMIN_NO_SRP_AUTH",
  ],
  USER_SRP_AUTH: ["USER_SRP_AUTH is not enabled for the client.", "ALLOW_USER_SRP_AUTH"],
  CUSTOM_AUTH: ["CUSTOM_AUTH is not enabled for the client.", "ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY"],
  REFRESH_TOKEN_AUTH: ["Auth flow not enabled for this client", "ALLOW_REFRESH_TOKEN_AUTH"],
};

const unlisted = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_CUSTOM_AUTH"];

/**
 * A client that lists nothing has SRP, refresh and custom; the old names, which never list SRP and
 * refresh, do not take them away.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
export function checkFlow(client: UserPoolClientType, flow: string): void {
  const listed: readonly string[] = client.ExplicitAuthFlows ?? [];
  const modern = listed.some((name) => name.startsWith("ALLOW_"));
  const open = modern ? listed : [...listed, ...unlisted];
  const [text = "", ...names] = flows[flow] ?? [];
  if (!names.some((name) => open.includes(name))) throw invalidParameter(text);
}

/** A client with a secret proves that it knows it, for each of the `names` that it may mean. */
export function checkSecret(client: UserPoolClientType, names: readonly string[], sent: string | undefined): void {
  const { ClientId = "", ClientSecret } = client;
  if (!ClientSecret) return;
  if (!sent) throw notAuthorized(`Client ${ClientId} is configured with secret but SECRET_HASH was not received`);
  const proof = Buffer.from(sent, "base64");
  const right = names.some((name) => {
    const hash = createHmac("sha256", ClientSecret).update(`${name}${ClientId}`).digest();
    return hash.length === proof.length && timingSafeEqual(hash, proof);
  });
  if (!right) throw notAuthorized(`Unable to verify secret hash for client ${ClientId}`);
}

const seconds: Readonly<Record<TimeUnitsType, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3_600,
  days: 86_400,
};

/** How long the tokens and the sign-in sessions of a client live, in seconds. */
export function lifetimes(client: UserPoolClientType) {
  const units = client.TokenValidityUnits ?? {};
  return {
    access: (client.AccessTokenValidity || 1) * seconds[units.AccessToken ?? "hours"],
    id: (client.IdTokenValidity || 1) * seconds[units.IdToken ?? "hours"],
    refresh: (client.RefreshTokenValidity || 30) * seconds[units.RefreshToken ?? "days"],
    challenge: (client.AuthSessionValidity || 3) * 60,
  };
}
