import type { GroupType } from "@aws-sdk/client-cognito-identity-provider";
import type { PoolContext } from "../context";
import { isText } from "../json";
import { groupsOf } from "../users/groups";
import type { User } from "../users/user";
import { part, type Response, text, textList, unrecognizable } from "./response";
import { runTrigger } from "./run-trigger";
import { type Metadata, userEvent } from "./user-event";

/** Why tokens are made, and the client metadata of the request. */
export interface TokenRequest {
  readonly source: `TokenGeneration_${"Authentication" | "HostedAuth" | "NewPasswordChallenge" | "RefreshTokens"}`;
  readonly metadata?: Metadata;
  /**
   * The scopes that a hosted sign-in was granted.
   * @default the scope of every sign-in through the API
   */
  readonly scopes?: readonly string[];
}

/** The user's groups and roles, as they are in the event and in the tokens. */
interface GroupConfiguration {
  readonly groupsToOverride: readonly string[];
  readonly iamRolesToOverride: readonly string[];
  readonly preferredRole: string | null;
}

/** How the trigger changes the claims of one token. */
export interface ClaimChange {
  readonly add: Readonly<Record<string, unknown>>;
  readonly suppress: readonly string[];
}

/** What the tokens are to contain, once the trigger has run. */
export interface TokenPlan {
  readonly groups: GroupConfiguration;
  readonly idToken: ClaimChange;
  readonly accessToken: ClaimChange;
  readonly scopes: readonly string[];
}

/** The scope that an access token needs for GetUser and the like. Every sign-in through the API gives it. */
export const userScope = "aws.cognito.signin.user.admin";

/**
 * Runs the trigger, once for both tokens. If it throws, there are no tokens.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export async function planTokens(
  context: PoolContext,
  user: User,
  { source, metadata, scopes = [userScope] }: TokenRequest,
): Promise<TokenPlan> {
  const [, version = "1"] = context.pool.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion?.match(/^V(\d)/) ?? [];
  const isVersion1 = version === "1";
  const groups = groupConfiguration(await groupsOf(context, user));
  const response = await runTrigger(context, {
    trigger: "PreTokenGeneration",
    source,
    version,
    ...userEvent(user, { groupConfiguration: groups, ...(isVersion1 ? {} : { scopes }) }, metadata),
    response: isVersion1 ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null },
  });
  return (isVersion1 ? planOfVersion1 : planOfVersion2)(response ?? {}, groups, scopes);
}

/**
 * The groups and roles of a user, from groups in the order of their precedence. No role is preferred where groups of the
 * same highest precedence have different roles.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html
 */
export function groupConfiguration(groups: readonly GroupType[]): GroupConfiguration {
  const withRole = groups.filter(({ RoleArn }) => RoleArn);
  const roles = new Set(withRole.map(({ RoleArn = "" }) => RoleArn));
  const [first] = withRole;
  const ofSameRank = withRole.filter(({ Precedence }) => Precedence === first?.Precedence);
  const agree = ofSameRank.every(({ RoleArn }) => RoleArn === first?.RoleArn);
  return {
    groupsToOverride: groups.map(({ GroupName = "" }) => GroupName),
    iamRolesToOverride: [...roles],
    preferredRole: (agree && first?.RoleArn) || null,
  };
}

const unchanged: ClaimChange = { add: {}, suppress: [] };

/** Version 1 changes the ID token, with texts only, and the groups in both tokens. */
export function planOfVersion1(
  response: Response,
  groups: GroupConfiguration,
  scopes: readonly string[] = [userScope],
): TokenPlan {
  const details = part(response, "claimsOverrideDetails");
  return {
    groups: groupsFrom(details, groups),
    idToken: changeFrom(details, isText),
    accessToken: unchanged,
    scopes,
  };
}

/** Versions 2 and 3 change both tokens, with any JSON, and the scopes of the access token. They differ only for machines. */
export function planOfVersion2(
  response: Response,
  groups: GroupConfiguration,
  scopes: readonly string[] = [userScope],
): TokenPlan {
  const details = part(response, "claimsAndScopeOverrideDetails");
  const access = part(details, "accessTokenGeneration");
  const [added, suppressed] = [textList(access, "scopesToAdd"), textList(access, "scopesToSuppress")];
  if (added.some((scope) => scope === "" || /\s/.test(scope))) throw unrecognizable();
  return {
    groups: groupsFrom(details, groups),
    idToken: changeFrom(
      part(details, "idTokenGeneration"),
      (value, name) => isText(value) || !textClaims.includes(name),
    ),
    accessToken: changeFrom(access, () => true),
    scopes: [...new Set([...scopes, ...added])].filter((scope) => !suppressed.includes(scope)),
  };
}

/** A function may only write texts into these claims of an ID token, although Cognito itself writes other types. */
const textClaims = ["phone_number_verified", "email_verified", "updated_at", "address"];

/** Where the function leaves the field out, the groups stay. Where it says null, there are none. */
function groupsFrom(details: Response, groups: GroupConfiguration): GroupConfiguration {
  if (details.groupOverrideDetails === undefined) return groups;
  const override = part(details, "groupOverrideDetails");
  return {
    groupsToOverride: textList(override, "groupsToOverride"),
    iamRolesToOverride: textList(override, "iamRolesToOverride"),
    preferredRole: text(override, "preferredRole"),
  };
}

function changeFrom(details: Response, isAllowed: (value: unknown, name: string) => boolean): ClaimChange {
  const add = part(details, "claimsToAddOrOverride");
  if (Object.entries(add).some(([name, value]) => value === null || !isAllowed(value, name))) throw unrecognizable();
  return { add, suppress: textList(details, "claimsToSuppress") };
}
