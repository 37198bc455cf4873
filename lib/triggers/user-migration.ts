import { settingsSchema } from "../../functions/user-migration/settings";
import { SettingsError } from "../checked-settings";
import { recoversBy, requireOwnAttribute } from "../pool-shape";
import { DIRECTORY_UNAVAILABLE, lookUpUsers, readLegacyUsers } from "./look-ups";
import { defineTrigger } from "./trigger";

/** The least memory of the function, in MB: see the cost that functions/user-migration/scrypt.ts accepts. */
const LEAST_MEMORY = 256;

/** Moves people from a legacy directory into the pool. */
export const userMigration = defineTrigger({
  cognitoTriggers: ["UserMigration"],
  folder: "user-migration",
  settings: settingsSchema(),
  attach: (arn) => ({ userMigration: arn }),
  addedSettings: (_, pool) => ({
    signIn: pool.signIn,
    requires: pool.signIn === "email" ? ["email"] : [],
    recoversBy: recoversBy(pool),
  }),
  permissions: ({ pool, shape, arnOf }, { table }) => [
    readLegacyUsers(arnOf, table),
    ...(shape.signIn === "username-or-alias" ? [lookUpUsers(pool)] : []),
  ],
  metrics: () => [
    { name: "LegacyItemDoesNotFit", pattern: '{ $.message.legacyItem = "does not fit" }' },
    DIRECTORY_UNAVAILABLE,
  ],
  check({ attributes, userName, finalStatus }, pool, where, { memory }) {
    if (memory < LEAST_MEMORY) {
      throw new SettingsError(
        `${where}.memory is ${memory}, but to check a legacy password can take 128 MB: set ${LEAST_MEMORY} at least.`,
      );
    }
    if (!pool.authFlows.includes("password")) {
      throw new SettingsError(
        `${where} needs the password itself, which no flow of the app client sends: add "password" to ${pool.id}.authFlows.`,
      );
    }
    if (pool.anonymous) {
      throw new SettingsError(
        `${where} stores people's attributes, which an anonymous pool must not have: leave out the trigger or preSignUp.anonymous.`,
      );
    }
    if (pool.signIn === "email" && !attributes.email) {
      throw new SettingsError(
        `${where}.attributes has no "email", which people of this pool sign in with: say which legacy attribute it comes from.`,
      );
    }
    if (userName && pool.signIn !== "username-or-alias") {
      throw new SettingsError(
        `${where}.userName is ${JSON.stringify(userName)}, but it is only for a pool with signIn "username-or-alias": leave it out.`,
      );
    }
    for (const name of Object.keys(attributes)) {
      if (name.startsWith("custom:")) requireOwnAttribute(name, pool, `${where}.attributes has`);
    }
    const reachable = recoversBy(pool);
    if (finalStatus === "RESET_REQUIRED" && !reachable.some((name) => attributes[name])) {
      throw new SettingsError(
        `${where}.finalStatus is "RESET_REQUIRED", but nothing that ${pool.id} sends codes to is among its attributes: map ${reachable.join(" or ") || "none"}, or set "CONFIRMED".`,
      );
    }
  },
});

/**
 * Whether migrated users can get a code for a forgotten password: Cognito sends it only to a verified address, and
 * answers as if it had sent one to any other.
 */
export const migratedRecover = (settings?: { addressesAreProven?: boolean; attached?: boolean }): boolean =>
  settings === undefined || settings.attached === false || settings.addressesAreProven === true;
