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
  readonly environment: Pick<Environment, "name" | "stage" | "mail" | "alarmTopic">;
  /** Whether it refuses whatever could name a person. */
  readonly anonymous: boolean;
  /** Whether somebody is kept out. */
  readonly restricted: boolean;
}

/** @throws SettingsError when the way people sign in, or prove what is theirs, has nothing behind it */
export function checkPool(
  { id, signIn, verifies, clientAttributes, authFlows }: PoolShape,
  slots: readonly string[],
): void {
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

export function checkTokenVersion({ eventVersion }: { eventVersion: number }, pool: PoolShape, where: string): void {
  if (eventVersion > 1 && pool.tier === "LITE") {
    throw new SettingsError(
      `${where}.eventVersion is ${eventVersion}, which the tier "LITE" does not have: set ${pool.id}.tier to "ESSENTIALS" or "PLUS".`,
    );
  }
}

export function checkCustomAuth(_: object, pool: PoolShape, where: string): void {
  if (!pool.authFlows.includes("custom")) {
    throw new SettingsError(
      `${where} asks challenges, which the app client does not allow: add "custom" to ${pool.id}.authFlows.`,
    );
  }
  requireAddresses(pool, where);
  requireSes(pool, where);
}

export function checkUserMigration(
  { attributes }: { attributes: Readonly<Record<string, string>> },
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
  const unknown = Object.keys(attributes).find(
    (name) => name.startsWith("custom:") && !pool.customAttributes.includes(name.slice("custom:".length)),
  );
  if (unknown) {
    throw new SettingsError(
      `${where}.attributes has "${unknown}", an attribute that this pool does not have: add "${unknown.slice("custom:".length)}" to ${pool.id}.customAttributes.`,
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

type Through = { readonly service: string } | { readonly webhook: object };

export function checkEmailSender({ through }: { through: Through }, pool: PoolShape, where: string): void {
  requireAddresses(pool, where);
  if ("service" in through) requireSes(pool, where);
  requireAlarm(pool, where);
}

export function checkSmsSender(_: object, pool: PoolShape, where: string): void {
  if (!pool.verifies?.includes("phone_number")) {
    throw new SettingsError(
      `${where} sends text messages, but nobody of this pool gets any: add "phone_number" to ${pool.id}.verifies.`,
    );
  }
  requireAlarm(pool, where);
}

function requireAddresses({ id, signIn }: PoolShape, where: string): void {
  if (signIn !== "username") return;
  throw new SettingsError(
    `${where} sends mail, but people of this pool have no address: leave it out, or set ${id}.signIn to another way.`,
  );
}

function requireSes({ environment }: PoolShape, where: string): void {
  if (environment.mail.sender === "ses") return;
  throw new SettingsError(
    `${where} sends mail through SES: set environments.${environment.name}.mail.sender to "ses", with its identityArn and from.`,
  );
}

/** A sender that fails tells nobody else. */
function requireAlarm({ environment }: PoolShape, where: string): void {
  if (environment.stage !== "live" || environment.alarmTopic) return;
  throw new SettingsError(
    `${where} may fail without anybody seeing it, in an environment with real people: set environments.${environment.name}.alarmTopic to the ARN of an SNS topic that somebody reads.`,
  );
}
