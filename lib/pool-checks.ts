import { STANDARD_ATTRIBUTES } from "../contract/attributes";
import { isOwnAttribute, type PoolShape } from "./pool-shape";
import { SettingsError } from "./settings";

/** @throws SettingsError when the way people sign in, or prove what is theirs, has nothing behind it */
export function checkPool(pool: PoolShape, triggers: readonly string[]): void {
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
  if (authFlows.includes("custom") && !triggers.includes("customAuth")) {
    throw new SettingsError(
      `${id}.authFlows has "custom", but no trigger asks a challenge: add triggers.customAuth, or take "custom" out.`,
    );
  }
}

const isWritable = (name: string, pool: PoolShape) => STANDARD_ATTRIBUTES.includes(name) || isOwnAttribute(name, pool);
