import { STANDARD_ATTRIBUTES } from "../contract/attributes";
import type { Environment } from "./environments";
import type { CheckedPoolSettings } from "./pool-settings";
import { SettingsError } from "./settings";

// What Cognito says late, or never: each is a sentence at synthesis.

/** What decides which triggers and settings a pool can have. */
export interface PoolShape extends Omit<CheckedPoolSettings, "clientAttributes"> {
  /** What an error calls the pool. */
  readonly id: string;
  /** What its app client may read and write, as `email` or `custom:domain`. */
  readonly clientAttributes: readonly string[];
  readonly environment: Pick<Environment, "name" | "stage" | "region" | "mail" | "alarmTopic">;
  /** Whether it refuses whatever could name a person. */
  readonly anonymous: boolean;
  /** Whether somebody is kept out. */
  readonly restricted: boolean;
}

/** What a code can be sent to, so that its owner gets back in. */
export const recoversBy = ({ signIn, verifies = ["email"] }: PoolShape): readonly string[] =>
  signIn === "username" ? [] : verifies;

/** @throws SettingsError when the way people sign in, or prove what is theirs, has nothing behind it */
export function checkPool(pool: PoolShape, slots: readonly string[]): void {
  const { id, signIn, verifies, clientAttributes, authFlows } = pool;
  const unknown = clientAttributes.find((name) => !isWritable(name, pool));
  if (unknown) {
    throw new SettingsError(
      `${id}.clientAttributes has "${unknown}", which is no attribute that people of this pool could write: it must be one of ${STANDARD_ATTRIBUTES.join(", ")}, or custom:<name> with the name in customAttributes.`,
    );
  }
  if (signIn === "email" && !clientAttributes.includes("email")) {
    throw new SettingsError(`${id}.clientAttributes has no "email", which people of this pool sign up with: add it.`);
  }
  if (verifies && signIn === "username") {
    throw new SettingsError(
      `${id}.verifies is ${JSON.stringify(verifies)}, but people of this pool have a user name alone: leave it out.`,
    );
  }
  if (verifies?.includes("phone_number") && !clientAttributes.includes("phone_number")) {
    throw new SettingsError(
      `${id}.verifies has "phone_number", an attribute that the app client may not write: add it to clientAttributes.`,
    );
  }
  if (authFlows.includes("custom") && !slots.includes("customAuth")) {
    throw new SettingsError(
      `${id}.authFlows has "custom", but no trigger asks a challenge: add triggers.customAuth, or take "custom" out.`,
    );
  }
}

const isWritable = (name: string, { customAttributes }: PoolShape) =>
  STANDARD_ATTRIBUTES.includes(name) || isOwn(name, customAttributes);

const isOwn = (name: string, customAttributes: readonly string[]) =>
  customAttributes.some((own) => name === `custom:${own}`);

/** Cognito needs all three or none, so they are one setting. */
export function checkChallengeSlots(triggers: object, { id }: PoolShape): void {
  const alone = ["defineAuthChallenge", "createAuthChallenge", "verifyAuthChallengeResponse"].find(
    (slot) => slot in triggers,
  );
  if (!alone) return;
  throw new SettingsError(
    `${id}.triggers has "${alone}", but Cognito needs all three challenge triggers or none: use customAuth, which is all three.`,
  );
}

export function checkPreAuthentication(_: object, pool: PoolShape, where: string): void {
  if (!pool.restricted) {
    throw new SettingsError(`${where} has nobody to refuse: add access to ${pool.id}, or leave it out.`);
  }
}

export function checkPostAuthentication(_: object, pool: PoolShape, where: string): void {
  if (pool.anonymous) {
    throw new SettingsError(
      `${where} records who signs in and when, which an anonymous pool must not: leave it out, or preSignUp.anonymous.`,
    );
  }
}

interface Claims {
  readonly claims: Readonly<Record<string, object>>;
}
interface Tokens {
  readonly eventVersion: number;
  readonly idToken?: Claims;
  readonly accessToken?: Claims;
}

export function checkTokens({ eventVersion, ...tokens }: Tokens, pool: PoolShape, where: string): void {
  if (eventVersion > 1 && pool.tier === "LITE") {
    throw new SettingsError(
      `${where}.eventVersion is ${eventVersion}, which the tier "LITE" does not have: set ${pool.id}.tier to "ESSENTIALS" or "PLUS".`,
    );
  }
  for (const [token, { claims }] of Object.entries({ idToken: tokens.idToken, accessToken: tokens.accessToken }).filter(
    (entry): entry is [string, Claims] => entry[1] !== undefined,
  )) {
    for (const [claim, source] of Object.entries(claims)) {
      const attribute = "attribute" in source ? String(source.attribute) : "";
      if (attribute.startsWith("custom:"))
        requireOwn(attribute, pool, `${where}.${token}.claims.${claim}.attribute is`);
    }
  }
}

function requireOwn(attribute: string, { id, customAttributes }: PoolShape, has: string): void {
  if (isOwn(attribute, customAttributes)) return;
  throw new SettingsError(
    `${has} "${attribute}", an attribute that this pool does not have: add "${attribute.slice("custom:".length)}" to ${id}.customAttributes.`,
  );
}

export function checkCustomAuth(
  { passwordFirst }: { passwordFirst: boolean },
  pool: PoolShape,
  where: string,
  attached: boolean,
): void {
  if (!pool.authFlows.includes("custom")) {
    throw new SettingsError(
      `${where} asks challenges, which the app client does not allow: add "custom" to ${pool.id}.authFlows.`,
    );
  }
  // Until it is attached, people need the flow that they have.
  const around = attached && pool.authFlows.find((flow) => flow !== "custom");
  if (passwordFirst && around) {
    throw new SettingsError(
      `${where}.passwordFirst asks for a code after the password, which "${around}" goes around: take it out of ${pool.id}.authFlows.`,
    );
  }
  if (passwordFirst && pool.mfa !== "OFF") {
    throw new SettingsError(
      `${where}.passwordFirst does not go with ${pool.id}.mfa "${pool.mfa}": Cognito leaves the code out for whoever has a second factor, so set one of them off.`,
    );
  }
  requireAddresses(pool, where);
  if (!recoversBy(pool).includes("email")) {
    throw new SettingsError(
      `${where} mails codes to verified addresses, but nobody of this pool can verify one: add "email" to ${pool.id}.verifies.`,
    );
  }
  requireSes(pool, where);
}

export function checkUserMigration(
  { attributes, finalStatus }: { attributes: Readonly<Record<string, string>>; finalStatus: string },
  pool: PoolShape,
  where: string,
): void {
  if (!pool.authFlows.includes("password")) {
    throw new SettingsError(
      `${where} needs the password itself, which no flow of the app client sends: add "password" to ${pool.id}.authFlows.`,
    );
  }
  if (pool.anonymous) {
    throw new SettingsError(
      `${where} brings people's attributes along, which an anonymous pool must not: leave it out, or preSignUp.anonymous.`,
    );
  }
  if (pool.signIn === "email" && !attributes.email) {
    throw new SettingsError(
      `${where}.attributes has no "email", which people of this pool sign in with: say which legacy attribute it comes from.`,
    );
  }
  for (const name of Object.keys(attributes)) {
    if (name.startsWith("custom:")) requireOwn(name, pool, `${where}.attributes has`);
  }
  const reachable = recoversBy(pool);
  if (finalStatus === "RESET_REQUIRED" && !reachable.some((name) => attributes[name])) {
    throw new SettingsError(
      `${where}.finalStatus is "RESET_REQUIRED", but nothing that ${pool.id} sends codes to is among its attributes: map ${reachable.join(" or ") || "none"}, or set "CONFIRMED".`,
    );
  }
}

export function checkCustomMessage(_: object, pool: PoolShape, where: string): void {
  requireAddresses(pool, where);
  if (pool.environment.mail.sender !== "ses") {
    throw new SettingsError(
      `${where} words mails, which Cognito allows only where your own SES identity sends them: set environments.${pool.environment.name}.mail.sender to "ses", with its identityArn and from.`,
    );
  }
}

type Through = { readonly service: string } | { readonly webhook: { readonly url: string } };

export function checkEmailSender({ through }: { through: Through }, pool: PoolShape, where: string): void {
  requireAddresses(pool, where);
  if ("service" in through) requireSes(pool, where);
  requireReceiver(through, pool, where);
  requireAlarm(pool, where);
}

export function checkSmsSender({ through }: { through: Through }, pool: PoolShape, where: string): void {
  if (!pool.verifies?.includes("phone_number")) {
    throw new SettingsError(
      `${where} sends text messages, but nobody of this pool gets any: add "phone_number" to ${pool.id}.verifies.`,
    );
  }
  requireReceiver(through, pool, where);
  requireAlarm(pool, where);
}

function requireAddresses({ id, signIn }: PoolShape, where: string): void {
  if (signIn !== "username") return;
  throw new SettingsError(
    `${where} sends mail, but people of this pool have no address: leave it out, or set ${id}.signIn to another way.`,
  );
}

function requireSes({ environment: { name, region, mail } }: PoolShape, where: string): void {
  if (mail.sender !== "ses") {
    throw new SettingsError(
      `${where} sends mail through SES: set environments.${name}.mail.sender to "ses", with its identityArn and from.`,
    );
  }
  const [, , , of] = mail.identityArn.split(":");
  if (of !== region) {
    throw new SettingsError(
      `${where} sends mail through SES in ${region}, but environments.${name}.mail.identityArn is of ${of}: name an identity of ${region}.`,
    );
  }
}

/** In AWS a function's own machine has no receiver on it. */
function requireReceiver(through: Through, { environment }: PoolShape, where: string): void {
  if (!("webhook" in through) || environment.stage === "local" || through.webhook.url.startsWith("https:")) return;
  throw new SettingsError(
    `${where}.through.webhook.url is "${through.webhook.url}", which only the local environment can reach: give an https address.`,
  );
}

/** A sender that fails tells nobody else. */
function requireAlarm({ environment }: PoolShape, where: string): void {
  if (environment.stage !== "live" || environment.alarmTopic) return;
  throw new SettingsError(
    `${where} may fail without anybody seeing it, in an environment with real people: set environments.${environment.name}.alarmTopic to the ARN of an SNS topic that somebody reads.`,
  );
}
