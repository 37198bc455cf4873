import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { SecondFactor, SecondFactors, User } from "./user";

/** The factors of a user in a pool. Where the pool requires a factor, an app that is set up counts as turned on. */
export function factorsOf({ MfaConfiguration }: UserPoolType, { factors, softwareToken }: User): SecondFactors {
  const required = MfaConfiguration === "ON" && softwareToken ? (["SOFTWARE_TOKEN_MFA"] as const) : [];
  return { ...factors, enabled: [...new Set([...(factors?.enabled ?? []), ...required])] };
}

/** The same, as Cognito shows it with a user who has one. */
export function describeFactors(pool: UserPoolType, user: User) {
  const { enabled, preferred } = factorsOf(pool, user);
  return {
    ...(enabled.length && { UserMFASettingList: [...enabled] }),
    ...(preferred && { PreferredMfaSetting: preferred }),
  };
}

/** The factors without one of them. */
export const withoutFactor = (factors: SecondFactors | undefined, factor: SecondFactor): SecondFactors => ({
  enabled: (factors?.enabled ?? []).filter((name) => name !== factor),
  preferred: factors?.preferred === factor ? undefined : factors?.preferred,
});
