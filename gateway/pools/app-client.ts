import { createHmac } from "node:crypto";
import type { TimeUnitsType, UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { STANDARD_ATTRIBUTES } from "../../contract/attributes";
import { invalidParameter, notAuthorized } from "../exceptions";
import { sameBytes } from "../same-bytes";
import type { Attributes } from "../users/attributes";

/** Whether answers to this app client must not show which users exist. */
export const hidesUsers = (client: UserPoolClientType) => client.PreventUserExistenceErrors === "ENABLED";

/** For each sign-in flow: AWS's text where it is not enabled, and its names in `ExplicitAuthFlows`. */
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

/** The flows of an app client that lists none. */
const defaultFlows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_CUSTOM_AUTH"];

/**
 * Checks that the app client enables a sign-in flow. An app client that lists no flows has the default ones. So has
 * one that lists flows by their old names, since SRP and refresh have no old names.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
export function checkFlow(client: UserPoolClientType, flow: string): void {
  const listed: readonly string[] = client.ExplicitAuthFlows ?? [];
  const modern = listed.some((name) => name.startsWith("ALLOW_"));
  const open = modern ? listed : [...listed, ...defaultFlows];
  const [text = "", ...names] = flows[flow] ?? [];
  if (!names.some((name) => open.includes(name))) throw invalidParameter(text);
}

/** Checks the hash by which an app client with a secret shows that it knows it. The hash may be for any of `names`. */
export function checkSecret(client: UserPoolClientType, names: readonly string[], sent: string | undefined): void {
  const { ClientId = "", ClientSecret } = client;
  if (!ClientSecret) return;
  if (!sent) throw notAuthorized(`Client ${ClientId} is configured with secret but SECRET_HASH was not received`);
  const proof = Buffer.from(sent, "base64");
  const right = names.some((name) => {
    const hash = createHmac("sha256", ClientSecret).update(`${name}${ClientId}`).digest();
    return sameBytes(hash, proof);
  });
  if (!right) throw notAuthorized(`Unable to verify secret hash for client ${ClientId}`);
}

const seconds: Readonly<Record<TimeUnitsType, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3_600,
  days: 86_400,
};

/** How long the tokens and the challenge sessions of an app client are valid, in seconds. */
export function lifetimes(client: UserPoolClientType) {
  const units = client.TokenValidityUnits ?? {};
  return {
    access: (client.AccessTokenValidity || 1) * seconds[units.AccessToken ?? "hours"],
    id: (client.IdTokenValidity || 1) * seconds[units.IdToken ?? "hours"],
    refresh: (client.RefreshTokenValidity || 30) * seconds[units.RefreshToken ?? "days"],
    challenge: (client.AuthSessionValidity || 3) * 60,
  };
}

const orDefault = (list: readonly string[] | undefined, fallback: readonly string[]) =>
  list?.length ? list : fallback;

/**
 * The attributes that the app client may read. One that lists none may read the standard attributes.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export function readable(client: UserPoolClientType, attributes: Attributes): Attributes {
  const open = orDefault(client.ReadAttributes, [...STANDARD_ATTRIBUTES, "email_verified", "phone_number_verified"]);
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => always.includes(name) || open.includes(name)),
  );
}

/** What every app client may read. */
const always = ["sub", "identities"];

/** Checks that the app client may write these attributes. One that lists none may write the standard attributes. */
export function checkWritable(client: UserPoolClientType, names: readonly string[]): void {
  const open = orDefault(client.WriteAttributes, STANDARD_ATTRIBUTES);
  if (names.some((name) => !open.includes(name)))
    throw notAuthorized("A client attempted to write unauthorized attribute");
}
