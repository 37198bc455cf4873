import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { PoolContext } from "../context";
import { constraint, exception, invalidParameter, notServed, userNotFound } from "../exceptions";
import type { Identity } from "../users/identities";
import type { User } from "../users/user";
import { changeUser, findByIdentity, findUserOrSub } from "../users/user-store";
import type { Checked } from "./request";

/** The name under which the requests speak of the pool's own users. */
const ownUsers = "Cognito";
/** As on AWS. */
const mostIdentities = 5;

/**
 * Lets a person at an identity provider, who has never signed in, sign in as a user who exists.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation-consolidate-users.html
 */
export async function adminLinkProviderForUser(
  context: PoolContext,
  { DestinationUser, SourceUser }: Checked<Cognito.AdminLinkProviderForUserRequest>,
): Promise<void> {
  const source = identityIn("sourceUser", SourceUser);
  if (source.providerName === ownUsers) throw sourceIsOwnUser();
  const provider = await context.aws.identityProvider(context.poolId, source.providerName);
  if (!provider) throw invalidParameter(`The pool has no identity provider ${source.providerName}.`);
  if (SourceUser.ProviderAttributeName !== "Cognito_Subject")
    throw notServed("a ProviderAttributeName other than Cognito_Subject");
  const user = userNamed(context, "destinationUser", DestinationUser);
  requireMutable(context, user);
  const identity: Identity = {
    ...source,
    providerType: provider.ProviderType ?? "",
    issuer: null,
    primary: false,
    dateCreated: Date.now(),
  };
  await changeUser(context, user, (fresh) => {
    requireNew(findByIdentity(context, source), fresh, source);
    const { identities = [] } = fresh;
    if (identities.length >= mostIdentities)
      throw exception("LimitExceededException", "A user can have five linked identities.");
    return { identities: [...identities, identity] };
  });
}

/**
 * Takes an identity from the user who signs in with it. A user of the pool's own loses the password instead.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableProviderForUser.html
 */
export async function adminDisableProviderForUser(
  context: PoolContext,
  { User: named }: Checked<Cognito.AdminDisableProviderForUserRequest>,
): Promise<void> {
  const { providerName, userId } = identityIn("user", named);
  const user = userNamed(context, "user", named);
  await changeUser(context, user, ({ identities = [] }) =>
    providerName === ownUsers
      ? { password: undefined, temporaryUntil: undefined }
      : { identities: identities.filter((one) => one.providerName !== providerName || one.userId !== userId) },
  );
}

type Source = Pick<Identity, "providerName" | "userId">;

function identityIn(member: string, named: Cognito.ProviderUserIdentifierType): Source {
  const { ProviderName: providerName, ProviderAttributeValue: userId } = named;
  if (!providerName) throw constraint(`${member}.providerName`, "not be null");
  if (!userId) throw constraint(`${member}.providerAttributeValue`, "not be null");
  return { providerName, userId };
}

function userNamed(context: PoolContext, member: string, named: Cognito.ProviderUserIdentifierType): User {
  const identity = identityIn(member, named);
  const user =
    identity.providerName === ownUsers ? findUserOrSub(context, identity.userId) : findByIdentity(context, identity);
  if (!user) throw userNotFound();
  return user;
}

/** A sign-in through the provider may write every attribute, so each one that the user has must be mutable. */
function requireMutable({ pool }: PoolContext, { attributes }: User): void {
  const fixed = pool.SchemaAttributes?.find(
    ({ Name = "", Mutable }) => Name !== "sub" && Mutable === false && attributes[Name] !== undefined,
  );
  if (fixed) throw invalidParameter(`Cannot modify the non-mutable attribute ${fixed.Name}`);
}

/** The person of an identity must not have signed in before, and not be linked to anybody. */
function requireNew(owner: User | undefined, destination: User, source: Source): void {
  if (!owner) return;
  if (owner.username === destination.username)
    throw invalidParameter("SourceUser is already linked to DestinationUser");
  const own = owner.identities?.find((one) => one.providerName === source.providerName && one.userId === source.userId);
  if (!own?.primary) throw sourceIsOwnUser();
  throw invalidParameter(
    "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
  );
}

const sourceIsOwnUser = () =>
  invalidParameter(
    "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a DestinationUser",
  );
