import { STANDARD_ATTRIBUTES } from "../contract/attributes";
import { SettingsError } from "./checked-settings";
import { isAttribute, type PoolShape } from "./pool-shape";

/** The most attributes in a pool's schema. `email` is one of them if people sign in with it. */
const MOST_ATTRIBUTES = 50;

/** @throws SettingsError when the pool's settings contradict each other */
export function checkPool(pool: PoolShape, triggers: readonly string[]): void {
  const { id, signIn, verifies, clientAttributes, customAttributes, authFlows } = pool;
  const unknown = clientAttributes.find((name) => !isAttribute(name, pool));
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
  const missing = verifies?.find((attribute) => !clientAttributes.includes(attribute));
  if (missing) {
    throw new SettingsError(
      `${id}.verifies has "${missing}", an attribute that the app client may not write: add it to clientAttributes.`,
    );
  }
  const most = MOST_ATTRIBUTES - (signIn === "email" ? 1 : 0);
  if (customAttributes.length > most) {
    throw new SettingsError(
      `${id}.customAttributes has ${customAttributes.length} attributes, but this pool can have ${most} at most.`,
    );
  }
  checkMessages(pool, triggers);
  if (authFlows.includes("custom") && !triggers.includes("customAuth")) {
    throw new SettingsError(
      `${id}.authFlows has "custom", but no trigger asks a challenge: add triggers.customAuth, or take "custom" out.`,
    );
  }
  if (verifies && signIn === "email" && !verifies.includes("email")) {
    throw new SettingsError(
      `${id}.verifies has no "email", which people of this pool sign in with: without it, anybody could take the address of another person. Add it.`,
    );
  }
}

/**
 * @param isConfirmedWithoutCode whether pre sign-up confirms people
 * @throws SettingsError when nobody who signs up could get the code that confirms them
 */
export function checkConfirmation(pool: PoolShape, isConfirmedWithoutCode: boolean): void {
  const { id, signIn, verifies, clientAttributes, selfSignUp } = pool;
  if (!selfSignUp || isConfirmedWithoutCode || signIn === "username" || verifies) return;
  if (clientAttributes.includes("email")) return;
  throw new SettingsError(
    `${id}.verifies is left out, which means "email", an attribute that the app client may not write, so nobody who signs up could get a code: add "email" to ${id}.clientAttributes, or set verifies to what people can give.`,
  );
}

/** @throws SettingsError when people of the pool would recover their account by what is a second factor too */
export function checkSecondFactor({ id, verifies, mfa }: PoolShape): void {
  if (mfa === "OFF" || !verifies?.includes("phone_number")) return;
  throw new SettingsError(
    `${id}.mfa is "${mfa}" and ${id}.verifies has "phone_number": Terraform's provider then turns on text messages as a second factor too, and Cognito refuses to recover accounts by them: leave out one of the two.`,
  );
}

/** Refuses texts that Cognito would refuse or not use. */
function checkMessages(pool: PoolShape, triggers: readonly string[]): void {
  const { id, signIn, verifies, messages, environment } = pool;
  for (const name of ["verification", "invitation"] as const) {
    const template = messages?.[name];
    if (!template) continue;
    const where = `${id}.messages.${name}`;
    const media = [
      { parts: ["subject", "mail"], sender: "customEmailSender", reached: signIn !== "username" },
      { parts: ["sms"], sender: "customSmsSender", reached: verifies?.includes("phone_number") },
    ] as const;
    for (const { parts, sender, reached } of media) {
      const part = parts.find((key) => key in template && template[key as keyof typeof template] !== undefined);
      if (!part) continue;
      const trigger = ["customMessage", sender].find((other) => triggers.includes(other));
      if (trigger) {
        throw new SettingsError(
          `${where}.${part} is not used, because triggers.${trigger} writes this message: leave one of them out.`,
        );
      }
      if (!reached) {
        throw new SettingsError(`${where}.${part} is not used, because this pool sends no such message: leave it out.`);
      }
      if (part !== "sms" && environment.mail.sender !== "ses") {
        throw new SettingsError(
          `${where}.${part} writes the text of mails, which Cognito allows only with your own SES identity: set environments.${environment.name}.mail.sender to "ses", with its identityArn and from.`,
        );
      }
    }
  }
}
