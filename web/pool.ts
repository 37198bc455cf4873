import type { PoolConfig, PoolOutput } from "../contract/pools";

/** A pool with nothing left out of its settings but what the page can do without. */
export type Pool = Omit<PoolOutput, "passwordLength"> & Pick<PoolConfig, "passwordLength">;

/** How the password gets to Cognito, in Amplify's words: proven, sent as it is, or proven before a code is asked for. */
export type PasswordFlow = "USER_SRP_AUTH" | "USER_PASSWORD_AUTH" | "CUSTOM_WITH_SRP";

/** A pool by its settings. */
export function poolOf(config: PoolConfig): Pool {
  return {
    verifies: config.signIn === "username" ? [] : ["email"],
    confirmsAtOnce: false,
    recovers: true,
    anonymous: false,
    authFlows: ["srp"],
    oneTimeCode: false,
    ...config,
  };
}

/** How people of a pool sign in with their password; nothing where no password is asked for. */
export function passwordFlowOf({ authFlows, oneTimeCode }: Pool): PasswordFlow | undefined {
  if (authFlows.includes("srp")) return "USER_SRP_AUTH";
  if (authFlows.includes("password")) return "USER_PASSWORD_AUTH";
  return oneTimeCode ? undefined : "CUSTOM_WITH_SRP";
}
