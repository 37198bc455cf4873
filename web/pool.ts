import type { PoolConfig } from "../contract/pools";

/** What has no default. */
type Optional = "passwordLength" | "secondFactor" | "hosted";

/** A pool with the defaults of its settings filled in. */
export type Pool = Omit<Required<PoolConfig>, Optional> & Pick<PoolConfig, Optional>;

/** How Cognito checks the password, in Amplify's names: with SRP, by sending it, or with SRP and then a challenge. */
export type PasswordFlow = "USER_SRP_AUTH" | "USER_PASSWORD_AUTH" | "CUSTOM_WITH_SRP";

/** Fills in the defaults. */
export function poolOf(config: PoolConfig): Pool {
  return {
    verifies: config.signIn === "username" ? [] : ["email"],
    confirmsAtOnce: false,
    recovers: true,
    anonymous: false,
    authFlows: ["srp"],
    oneTimeCode: false,
    passwordNeeds: [],
    selfSignUp: true,
    providers: [],
    ...config,
  };
}

/** How people of a pool sign in with their password. Undefined if the pool uses no password. */
export function passwordFlowOf({ authFlows, oneTimeCode }: Pool): PasswordFlow | undefined {
  if (authFlows.includes("srp")) return "USER_SRP_AUTH";
  if (authFlows.includes("password")) return "USER_PASSWORD_AUTH";
  return oneTimeCode ? undefined : "CUSTOM_WITH_SRP";
}
