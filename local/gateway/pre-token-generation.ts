import type { GroupType } from "@aws-sdk/client-cognito-identity-provider";
import type { InPool } from "./context";
import { groupsOf } from "./groups";
import { isText } from "./input";
import { part, type Response, text, textList, unrecognizable } from "./responses";
import { type Metadata, runTrigger } from "./triggers";
import { about, type User } from "./users";

/** Why tokens are made, and what the caller said to that. */
export interface Occasion {
  readonly source: `TokenGeneration_${"Authentication" | "NewPasswordChallenge" | "RefreshTokens"}`;
  readonly metadata?: Metadata;
}

/** What the tokens say of a user's groups, in the names that events have for it. */
interface GroupConfiguration {
  readonly groupsToOverride: readonly string[];
  readonly iamRolesToOverride: readonly string[];
  readonly preferredRole: string | null;
}

/** What a trigger adds to the claims of one token, and takes from them. */
interface Change {
  readonly add: Readonly<Record<string, unknown>>;
  readonly suppress: readonly string[];
}

export interface TokenPlan {
  readonly groups: GroupConfiguration;
  readonly idToken: Change;
  readonly accessToken: Change;
  readonly scopes: readonly string[];
}

/** With this scope an access token opens its user's own account; every sign-in that needs no browser gives it. */
export const ownScope = "aws.cognito.signin.user.admin";

/**
 * What the tokens of a user are to say; the trigger refuses them by throwing. It runs once for both tokens.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export async function planTokens(at: InPool, user: User, { source, metadata }: Occasion): Promise<TokenPlan> {
  const [, version = "1"] = at.pool.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion?.match(/^V(\d)/) ?? [];
  const first = version === "1";
  const groups = groupConfiguration(await groupsOf(at, user));
  const response = await runTrigger(at, {
    trigger: "PreTokenGeneration",
    source,
    version,
    ...about(user, { groupConfiguration: groups, ...(first ? {} : { scopes: [ownScope] }) }, metadata),
    response: first ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null },
  });
  return (first ? planOfVersion1 : planOfVersion2)(response ?? {}, groups);
}

/**
 * The roles of groups that are in the order of their precedence; none is preferred where two of
 * the first rank differ.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html
 */
export function groupConfiguration(groups: readonly GroupType[]): GroupConfiguration {
  const withRole = groups.filter(({ RoleArn }) => RoleArn);
  const roles = new Set(withRole.map(({ RoleArn = "" }) => RoleArn));
  const [first] = withRole;
  const rivals = withRole.filter(({ Precedence }) => Precedence === first?.Precedence);
  const undisputed = rivals.every(({ RoleArn }) => RoleArn === first?.RoleArn);
  return {
    groupsToOverride: groups.map(({ GroupName = "" }) => GroupName),
    iamRolesToOverride: [...roles],
    preferredRole: (undisputed && first?.RoleArn) || null,
  };
}

const unchanged: Change = { add: {}, suppress: [] };

/** The first version of the event changes the ID token, with strings, and the groups in both tokens. */
export function planOfVersion1(response: Response, groups: GroupConfiguration): TokenPlan {
  const details = part(response, "claimsOverrideDetails");
  return {
    groups: groupsFrom(details, groups),
    idToken: changeFrom(details, isText),
    accessToken: unchanged,
    scopes: [ownScope],
  };
}

/** Later versions change both tokens, with any JSON, and the scopes of the access token; 3 is 2 for machines too. */
export function planOfVersion2(response: Response, groups: GroupConfiguration): TokenPlan {
  const details = part(response, "claimsAndScopeOverrideDetails");
  const access = part(details, "accessTokenGeneration");
  const [added, suppressed] = [textList(access, "scopesToAdd"), textList(access, "scopesToSuppress")];
  if (added.some((scope) => scope === "" || /\s/.test(scope))) throw unrecognizable();
  return {
    groups: groupsFrom(details, groups),
    idToken: changeFrom(part(details, "idTokenGeneration"), (value, name) => isText(value) || !simple.includes(name)),
    accessToken: changeFrom(access, () => true),
    scopes: [...new Set([ownScope, ...added])].filter((scope) => !suppressed.includes(scope)),
  };
}

/** What stays text in an ID token, although these claims are something else when Cognito writes them. */
const simple = ["phone_number_verified", "email_verified", "updated_at", "address"];

/** Groups are kept where a function says nothing of them, and gone where it says null. */
function groupsFrom(details: Response, groups: GroupConfiguration): GroupConfiguration {
  if (details.groupOverrideDetails === undefined) return groups;
  const said = part(details, "groupOverrideDetails");
  return {
    groupsToOverride: textList(said, "groupsToOverride"),
    iamRolesToOverride: textList(said, "iamRolesToOverride"),
    preferredRole: text(said, "preferredRole"),
  };
}

function changeFrom(details: Response, mayBe: (value: unknown, name: string) => boolean): Change {
  const add = part(details, "claimsToAddOrOverride");
  if (Object.entries(add).some(([name, value]) => value === null || !mayBe(value, name))) throw unrecognizable();
  return { add, suppress: textList(details, "claimsToSuppress") };
}

/** What no trigger changes; an attempt to is not an error. */
const fixed =
  "acr amr aud at_hash auth_time azp cognito:username exp iat identities iss jti nbf nonce origin_jti sub token_use";
const fixedIn = {
  id: new Set(fixed.split(" ")),
  access: new Set(`${fixed} client_id device_key event_id scope username version`.split(" ")),
};

/**
 * The claims of a token after a trigger's change: what it both adds and suppresses is suppressed, and roles go with
 * the groups.
 */
export function changed(
  claims: Readonly<Record<string, unknown>>,
  { add, suppress }: Change,
  token: keyof typeof fixedIn = "id",
): Record<string, unknown> {
  const gone = new Set(suppress);
  if (gone.has("cognito:groups")) for (const name of ["roles", "preferred_role"]) gone.add(`cognito:${name}`);
  const isFixed = (name: string) => fixedIn[token].has(name);
  const added = Object.entries(add).filter(([name]) => !/^(cognito|dev):/.test(name) && !isFixed(name));
  const kept = Object.entries({ ...claims, ...Object.fromEntries(added) });
  return Object.fromEntries(kept.filter(([name]) => isFixed(name) || !gone.has(name)));
}
