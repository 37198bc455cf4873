import { randomUUID } from "node:crypto";
import type { IdentityProviderType } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext } from "../context";
import { invalidParameter, notAuthorized } from "../exceptions";
import { checkWritable } from "../pools/app-client";
import { checkSchema, missingAttributes } from "../pools/schema";
import { canonical } from "../pools/user-names";
import { runPostAuthentication } from "../sign-in/complete-sign-in";
import { key } from "../storage/store";
import { runPostConfirmation } from "../triggers/post-confirmation";
import { runPreSignUp } from "../triggers/pre-sign-up";
import { runTrigger } from "../triggers/run-trigger";
import { userEvent } from "../triggers/user-event";
import { type Attributes, overwritten } from "../users/attributes";
import type { Identity } from "../users/identities";
import type { User } from "../users/user";
import { addUser, changeUser, findByIdentity, findUser } from "../users/user-store";

/** A person who has signed in at an identity provider. */
interface Arrival {
  readonly provider: IdentityProviderType;
  /** The provider's name for the person. */
  readonly subject: string;
  readonly attributes: Attributes;
}

/**
 * Signs in somebody who comes from an identity provider: as the user whom the identity belongs to, or else as a new one.
 * Of several first sign-ins at once, only the first makes a user.
 */
export function signInFederated(context: ClientContext, arrival: Arrival): Promise<User> {
  const { provider, subject } = arrival;
  const identity = { providerName: provider.ProviderName ?? "", userId: subject };
  const username = canonical(context.pool, `${identity.providerName}_${subject}`);
  return context.store.locked([key("federated", context.poolId, username)], async () => {
    const known = findByIdentity(context, identity);
    return known ? signInAgain(context, known, arrival) : signInFirst(context, username, identity, arrival);
  });
}

/** The first time, pre sign-up and post confirmation run, and neither pre nor post authentication. */
async function signInFirst(
  context: ClientContext,
  username: string,
  identity: Pick<Identity, "providerName" | "userId">,
  { provider, attributes: given }: Arrival,
): Promise<User> {
  const { pool, poolId } = context;
  const requireUnknown = () => {
    // A function that links the identity in pre sign-up gets this error too, and the next sign-in succeeds, as on AWS.
    if (findUser(context, username) || findByIdentity(context, identity))
      throw invalidParameter(`Already found an entry for username ${username}`);
  };
  requireUnknown();
  const missing = missingAttributes(pool, given);
  if (missing.length) throw invalidParameter(`attributes required: [${missing.join(", ")}]`);
  checkWritable(context.client, withoutFlags(given));
  checkSchema(pool, given, true);
  const aliases = { "cognito:email_alias": "", "cognito:phone_number_alias": "" };
  const flags = await runPreSignUp(context, {
    source: "PreSignUp_ExternalProvider",
    username,
    attributes: { ...aliases, ...given },
    validationData: {},
  });
  requireUnknown();
  const now = Date.now();
  const verified = (["email", "phone_number"] as const).filter((name) => flags[name] && given[name]);
  const user: User = {
    username,
    sub: randomUUID(),
    status: "EXTERNAL_PROVIDER",
    enabled: true,
    attributes: { ...given, ...Object.fromEntries(verified.map((name) => [`${name}_verified`, "true"])) },
    identities: [
      { ...identity, providerType: provider.ProviderType ?? "", issuer: null, primary: true, dateCreated: now },
    ],
    // Cognito makes a group for each provider.
    groups: [`${poolId}_${identity.providerName}`],
    codes: {},
    created: now,
    modified: now,
  };
  await addUser(context, user, false);
  await runPostConfirmation(context, user, "PostConfirmation_ConfirmSignUp", undefined);
  return user;
}

/**
 * Later, pre and post authentication run. Pre authentication sees the attributes as they were: AWS does not say whether
 * it does. The provider's attributes overwrite the user's, but no address that is another user's sign-in name.
 */
async function signInAgain(context: ClientContext, user: User, { attributes: given }: Arrival): Promise<User> {
  const { pool } = context;
  if (!user.enabled) throw notAuthorized("User is not enabled.");
  await runTrigger(context, {
    trigger: "PreAuthentication",
    source: "PreAuthentication_Authentication",
    ...userEvent(user, { validationData: {} }),
    response: {},
  });
  const fixed = pool.SchemaAttributes?.find(({ Name = "", Mutable }) => Mutable === false && given[Name] !== undefined);
  if (fixed) throw invalidParameter(`user.${fixed.Name}: Attribute cannot be updated.`);
  checkWritable(context.client, withoutFlags(given));
  checkSchema(pool, given, false);
  const changed = await changeUser(context, user, (fresh) => {
    if (!fresh.enabled) throw notAuthorized("User is not enabled.");
    return { attributes: overwritten(fresh.attributes, given) };
  });
  await runPostAuthentication(context, changed);
  return changed;
}

/** No app client lists the flags among what it may write. */
const withoutFlags = (attributes: Attributes) => Object.keys(attributes).filter((name) => !name.endsWith("_verified"));
