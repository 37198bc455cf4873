import type { GroupType } from "@aws-sdk/client-cognito-identity-provider";
import type { InPool } from "./context";
import { notServed } from "./errors";
import { groupsOf } from "./groups";
import { isObject } from "./input";
import { type Metadata, runTrigger, unrecognizable, withMetadata } from "./triggers";
import { attributesWithStatus, type User } from "./users";

/** Why tokens are made, and what the caller said to that. */
export interface Occasion {
  readonly source: `TokenGeneration_${"Authentication" | "NewPasswordChallenge" | "RefreshTokens"}`;
  readonly metadata?: Metadata;
}

/** What the tokens say of a user's groups, in the names that events have for it. */
export interface GroupConfiguration {
  readonly groupsToOverride: readonly string[];
  readonly iamRolesToOverride: readonly string[];
  readonly preferredRole: string | null;
}

/** What a trigger adds to the claims of one token, and takes from them. */
export interface Change {
  readonly add: Readonly<Record<string, string>>;
  readonly suppress: readonly string[];
}

/** Of the versions of the event only the first is served, which changes the ID token alone. */
export interface TokenPlan {
  readonly groups: GroupConfiguration;
  readonly idToken: Change;
}

/**
 * What the tokens of a user are to say; the trigger refuses them by throwing.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export async function planTokens(at: InPool, user: User, { source, metadata }: Occasion): Promise<TokenPlan> {
  const version = at.pool.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion ?? "V1_0";
  if (version !== "V1_0") throw notServed(`PreTokenGeneration events of version ${version}`);
  const groups = groupConfiguration(await groupsOf(at, user));
  const response = await runTrigger(at, {
    trigger: "PreTokenGeneration",
    source,
    userName: user.username,
    request: {
      userAttributes: attributesWithStatus(user),
      groupConfiguration: groups,
      ...withMetadata(metadata),
    },
    response: { claimsOverrideDetails: null },
  });
  return planFrom(response?.claimsOverrideDetails, groups);
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

/** Reads what a function answered: groups are kept where it says nothing of them, and gone where it says null. */
export function planFrom(details: unknown, groups: GroupConfiguration): TokenPlan {
  const { claimsToAddOrOverride, claimsToSuppress, groupOverrideDetails } = object(details);
  const own = object(groupOverrideDetails);
  const preferred = own.preferredRole ?? null;
  if (preferred !== null && typeof preferred !== "string") throw unrecognizable();
  return {
    groups:
      groupOverrideDetails === undefined
        ? groups
        : {
            groupsToOverride: texts(own.groupsToOverride),
            iamRolesToOverride: texts(own.iamRolesToOverride),
            preferredRole: preferred,
          },
    idToken: { add: textsByName(claimsToAddOrOverride), suppress: texts(claimsToSuppress) },
  };
}

function object(value: unknown): Record<string, unknown> {
  const given = value ?? {};
  if (!isObject(given)) throw unrecognizable();
  return given;
}

function texts(value: unknown): string[] {
  const given = value ?? [];
  if (!Array.isArray(given)) throw unrecognizable();
  textsByName({ ...given });
  return given;
}

function textsByName(value: unknown): Record<string, string> {
  const given = object(value);
  if (Object.values(given).some((text) => typeof text !== "string")) throw unrecognizable();
  return given as Record<string, string>;
}

/** What no trigger changes; an attempt to is not an error. */
const fixed =
  /^(acr|amr|aud|at_hash|auth_time|azp|cognito:username|exp|iat|identities|iss|jti|nbf|nonce|origin_jti|sub|token_use|dev:.*)$/;

/** The claims of a token after a trigger's change: what it both adds and suppresses is suppressed. */
export function changed(claims: Readonly<Record<string, unknown>>, { add, suppress }: Change): Record<string, unknown> {
  const added = Object.entries(add).filter(([name]) => !/^cognito:/.test(name) && !fixed.test(name));
  const kept = Object.entries({ ...claims, ...Object.fromEntries(added) }).filter(
    ([name]) => fixed.test(name) || !suppress.includes(name),
  );
  return Object.fromEntries(kept);
}
