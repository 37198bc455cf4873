import type { PoolOutput } from "../../contract/pools";
import { type PreSignUpSettings, type Settings, settingsSchema } from "../../functions/pre-sign-up/settings";
import type { Access } from "../../functions/shared/access";
import { checkRegisteredDomains } from "../access-checks";
import { SettingsError } from "../checked-settings";
import { requireWithoutRepeats } from "../lists";
import { type PoolShape, recoversBy } from "../pool-shape";
import { namesOfProviders } from "../provider-types";
import { checkLinking, linkPeople } from "./linking";
import { DIRECTORY_UNAVAILABLE, lookUpUsers, readLegacyUsers } from "./look-ups";
import { defineTrigger } from "./trigger";

/** Confirms people at once, marks their addresses as verified, or refuses them. */
export const preSignUp = defineTrigger({
  cognitoTriggers: ["PreSignUp"],
  folder: "pre-sign-up",
  otherHandler: { name: "pre-sign-up/with-linking", isFor: ({ linking }) => linking !== undefined },
  settings: settingsSchema(),
  attach: (arn) => ({ preSignUp: arn }),
  enforcesAccess: true,
  turnedOnBy: ["userMigration"],
  asksForProviders: true,
  neededFor: (pool) => chosenNamesBeside(pool) !== undefined && pool.selfSignUp,
  addedSettings: (_, pool, { linking }) => ({
    legacyTable: pool.legacyTable,
    signIn: linking && pool.signIn,
    providers: chosenNamesBeside(pool),
  }),
  permissions: ({ pool, shape: { legacyTable }, arnOf }, { takeOverGuard, linking }) => [
    ...(takeOverGuard ? [lookUpUsers(pool)] : []),
    ...(legacyTable ? [readLegacyUsers(arnOf, legacyTable)] : []),
    ...(linking ? [linkPeople(pool)] : []),
  ],
  metrics: ({ legacyTable }) => (legacyTable ? [DIRECTORY_UNAVAILABLE] : []),
  check: checkSettings,
});

/** The providers of a pool whose people choose user names: a name that begins with a provider's is not to be chosen. */
function chosenNamesBeside({ signIn, identityProviders }: PoolShape): string[] | undefined {
  const names = signIn === "email" || !identityProviders ? [] : namesOfProviders(identityProviders);
  return names.length > 0 ? names : undefined;
}

/** Whether a pool with these settings refuses everything that could identify a person. */
export const isAnonymous = (settings?: { anonymous?: boolean }) => settings?.anonymous ?? false;

/** What a pool gives out of these settings; nothing counts before the pool calls the trigger. */
export function signUpOutput(
  settings: PreSignUpSettings & { attached?: boolean } = {},
): Pick<PoolOutput, "confirmsAtOnce" | "anonymous" | "recovers"> {
  const attached = settings.attached !== false;
  return {
    confirmsAtOnce: attached && settings.autoConfirm === "everyone",
    anonymous: attached && isAnonymous(settings),
    recovers: !(attached && settings.withoutRecovery),
  };
}

/** Refuses what Cognito would accept and people would pay for. */
function checkSettings(
  settings: Omit<Settings, "access">,
  pool: PoolShape,
  where: string,
  { access }: { readonly access?: Access },
): void {
  const { autoConfirm, autoVerify, takeOverGuard } = settings;
  const names: readonly string[] = {
    email: ["email"],
    username: [],
    "username-or-alias": ["email", "phone_number"],
  }[pool.signIn];

  requireWithoutRepeats(autoVerify, `${where}.autoVerify`);
  const unused = autoConfirm !== "nobody" ? "autoConfirm" : autoVerify.length > 0 ? "autoVerify" : undefined;
  if (!pool.selfSignUp && unused) {
    throw new SettingsError(
      `${where}.${unused} is for people who sign themselves up, and ${pool.id}.selfSignUp is false: leave out one of the two.`,
    );
  }
  const taken = autoVerify.find((attribute) => names.includes(attribute));
  if (taken && !takeOverGuard) {
    throw new SettingsError(
      `${where}.autoVerify has "${taken}", which people of this pool sign in with, so Cognito would move it from its owner to a user who signs up with it: set takeOverGuard to "skip" or "refuse".`,
    );
  }
  if (settings.anonymous && pool.signIn !== "username") {
    throw new SettingsError(
      `${where}.anonymous refuses addresses, which people of this pool sign in with: set ${pool.id}.signIn to "username".`,
    );
  }
  const writable = pool.clientAttributes.find((attribute) => attribute !== "updated_at");
  if (settings.anonymous && writable) {
    throw new SettingsError(
      `${where}.anonymous refuses attributes at sign-up, but the app client may write "${writable}" afterwards, where no trigger looks: leave ${pool.id}.clientAttributes out.`,
    );
  }
  if (takeOverGuard && autoVerify.length === 0) {
    throw new SettingsError(
      `${where}.takeOverGuard guards what autoVerify marks as verified, which is nothing: leave it out, or set autoVerify.`,
    );
  }
  if (autoVerify.length > 0 && settings.anonymous) {
    throw new SettingsError(
      `${where}.autoVerify does not go with anonymous, which refuses every attribute: leave one of them out.`,
    );
  }
  if (settings.minimumUserNameLength && pool.signIn === "email") {
    throw new SettingsError(
      `${where}.minimumUserNameLength is ${settings.minimumUserNameLength}, but people of this pool sign in with their email address and choose no user name: leave it out.`,
    );
  }
  if (autoConfirm === "custom:domain" && !pool.customAttributes.includes("domain")) {
    throw new SettingsError(
      `${where}.autoConfirm is "custom:domain", an attribute that this pool does not have: add "domain" to customAttributes.`,
    );
  }
  if (autoConfirm === "custom:domain" && !pool.clientAttributes.includes("custom:domain")) {
    throw new SettingsError(
      `${where}.autoConfirm is "custom:domain", an attribute that the app client may not write: add "custom:domain" to clientAttributes.`,
    );
  }
  checkRecovery(settings, pool, where);
  if (typeof autoConfirm === "object") {
    checkRegisteredDomains(autoConfirm.registeredDomains, access, `${where}.autoConfirm.registeredDomains`);
  }
  checkLinking(settings, pool, where, access);
  if (settings.confirmWithoutProof && autoConfirm === "nobody" && autoVerify.length === 0) {
    throw new SettingsError(
      `${where}.confirmWithoutProof accepts what autoConfirm and autoVerify do without proof, and neither is set: leave it out.`,
    );
  }
  if (autoVerify.length > 0 && !settings.confirmWithoutProof) {
    throw new SettingsError(
      `${where}.autoVerify marks an address as verified that nobody has proven: set confirmWithoutProof to true if you accept that somebody can have the address or number of another person, sign in with it, and get the codes for it.`,
    );
  }
}

/** Cognito sends a code for a forgotten password only to a verified address, so somebody must decide who gets one. */
function checkRecovery(settings: Omit<Settings, "access">, pool: PoolShape, where: string): void {
  const { autoConfirm, autoVerify, confirmWithoutProof, withoutRecovery } = settings;
  const addresses = recoversBy(pool);
  // Where people sign in with an address, everybody has one. Otherwise a person may give only one of the two.
  const needed = pool.signIn === "email" ? (["email"] as const) : addresses;
  const unverified = needed.find((attribute) => !autoVerify.includes(attribute));
  const recovers = addresses.length > 0 && !unverified;
  if (withoutRecovery && (autoConfirm === "nobody" || addresses.length === 0 || recovers)) {
    throw new SettingsError(
      `${where}.withoutRecovery is only for a pool that recovers accounts, and that confirms people without a verified address: leave it out.`,
    );
  }
  if (autoConfirm === "nobody") return;
  const isByDomain = autoConfirm !== "everyone";
  if (addresses.length === 0 && !isByDomain) return;
  if (isByDomain && !pool.clientAttributes.includes("email")) {
    throw new SettingsError(
      `${where}.autoConfirm confirms people by the domain of their address, which they cannot give: add "email" to ${pool.id}.clientAttributes, or set "everyone".`,
    );
  }
  if (!confirmWithoutProof) {
    throw new SettingsError(
      `${where}.autoConfirm lets people in who have not proven their address: set confirmWithoutProof to true if you accept that somebody can sign up with the address of another person, who then gets no account with it.`,
    );
  }
  if (!autoVerify.includes("email") && pool.authFlows.every((flow) => flow === "custom")) {
    throw new SettingsError(
      `${where}.autoConfirm leaves the address unverified, but people of this pool sign in with codes, which are mailed only to a verified address: add "email" to autoVerify, with takeOverGuard.`,
    );
  }
  if (unverified && !withoutRecovery) {
    throw new SettingsError(
      `${where}.autoConfirm leaves the address unverified, and Cognito sends no code for a forgotten password to it: add "${unverified}" to autoVerify, with takeOverGuard, or set withoutRecovery to true.`,
    );
  }
}
