import { type Access, requireAccess } from "../shared/access";
import { UserFacingError, userBlocked } from "../shared/errors";
import { emailOf, type TriggerEvent } from "../shared/event";
import { isVerified } from "../shared/verified";
import type { Linking } from "./linking-settings";
import {
  addIdentity,
  createProfile,
  identitiesOf,
  isFromProvider,
  type Profile,
  profilesWith,
  removeIdentity,
  setUnknownPassword,
} from "./profiles";
import { type ProvenIdentity, provenIdentity, providersTrustedFor } from "./trust";

export interface LinkingRule {
  readonly linking: Linking;
  /** What people of the pool sign in with. */
  readonly signIn: string;
  readonly access?: Access;
}

/** The statuses of somebody who can sign in, or who only needs another password for it. */
const LINKABLE = ["CONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED", "EXTERNAL_PROVIDER"];

/**
 * Links somebody who comes from a provider for the first time to the one profile that has the proven address. A newcomer
 * gets a profile first, so that another provider, and a password later, lead to the same `sub`.
 *
 * Cognito repeats a trigger that is slow, so each step may have been done before.
 * @throws UserFacingError when the profile's owner is kept out, or when nobody is linked and `otherwise` is `refuse`
 * @throws Error when a call fails: nobody must get a separate profile because of that
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation-consolidate-users.html
 */
export async function linkToProfile(event: TriggerEvent, rule: LinkingRule): Promise<void> {
  const identity = provenIdentity(event, rule.linking);
  const isLinked = identity !== undefined && (await link(event, identity, rule));
  console.info({ linking: isLinked ? "linked" : "not linked" });
  if (isLinked || rule.linking.otherwise === "separate") return;
  throw new UserFacingError("provider-refused", "You cannot sign in here this way: use the way that you used before");
}

async function link(
  event: TriggerEvent,
  identity: ProvenIdentity,
  { linking, access, signIn }: LinkingRule,
): Promise<boolean> {
  const { userPoolId = "" } = event;
  const { email } = identity;
  let holder = await onlyHolder(userPoolId, email, linking);
  if (holder === "nobody") {
    await createProfile(userPoolId, email, signIn);
    // Another first sign-in may have made one at the same time, and a name may be taken by an unproven address.
    holder = await onlyHolder(userPoolId, email, linking);
  }
  if (typeof holder === "string") return false;
  const { userName, attributes } = holder;
  // The guard has looked at the person at the provider, and does not know the sub and the names of the profile.
  if (access) await requireAccess({ ...event, userName, request: { userAttributes: attributes } }, access, "log in");
  if (holder.status === "FORCE_CHANGE_PASSWORD") await setUnknownPassword(userPoolId, userName);
  if (!(await addIdentity(userPoolId, userName, identity))) return false;
  const still = await onlyHolder(userPoolId, email, linking).catch(() => "several" as const);
  if (typeof still === "object" && still.userName === userName) return true;
  await removeIdentity(userPoolId, identity).catch((cause: Error) => {
    // docs/federation.md says what to do about it.
    console.error({ linking: "not undone", cause: cause.name });
    throw cause;
  });
  throw new Error("the address changed hands while it was linked, so the link was undone");
}

/**
 * The profile to link to: the only one that has the address as verified, if it is enabled, was not made by a provider, and
 * has no second factor, which no provider would ask for. Each sign-in through a provider writes an address into the
 * profile. So the address counts only if every provider of the profile is trusted for it.
 * @throws UserFacingError when the profile is disabled
 */
async function onlyHolder(
  userPoolId: string,
  email: string,
  linking: Linking,
): Promise<Profile | "nobody" | "several"> {
  const profiles = await profilesWith(userPoolId, email);
  if (!profiles) return "several";
  const trusted = providersTrustedFor(email, linking).map(({ name }) => name);
  const isProven = (profile: Profile) =>
    identitiesOf(profile).every(({ providerName }) => trusted.includes(providerName));
  const holders = profiles.filter(({ attributes }) => isVerified(attributes, "email"));
  if (holders.some((holder) => !holder.enabled && isProven(holder))) throw userBlocked("log in");
  const [holder, ...others] = holders;
  if (!holder) return "nobody";
  const isLinkable = LINKABLE.includes(holder.status) && !isFromProvider(holder) && !holder.hasSecondFactor;
  return others.length === 0 && holder.enabled && isLinkable && isProven(holder) ? holder : "several";
}

/**
 * Refuses a sign-up with an address that somebody has through a provider that is trusted for it. The words name all these
 * providers, so they show no more than Cognito itself, which refuses an address that a user signs in with.
 * @throws UserFacingError
 */
export async function requireNoProvider(event: TriggerEvent, { linking, signIn }: LinkingRule): Promise<void> {
  const email = emailOf(event) ?? "";
  const providers = providersTrustedFor(email, linking);
  // Where people sign in with a user name, Cognito does not tell whose an address is, until it is proven.
  if (signIn !== "email" || providers.length === 0) return;
  const names = providers.map(({ name }) => name);
  const profiles = (await profilesWith(event.userPoolId ?? "", email)) ?? [];
  const isTaken = profiles.some(
    (profile) =>
      isVerified(profile.attributes, "email") &&
      identitiesOf(profile).some(({ providerName }) => names.includes(providerName)),
  );
  if (!isTaken) return;
  const ways = [...providers.map(({ title }) => title), "your password"].join(" or ");
  throw new UserFacingError("use-provider", `This address has an account: sign in with ${ways}`);
}
