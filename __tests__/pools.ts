import type { PoolOutput } from "../contract/pools";

/** What the stacks give out of pools of several kinds. */
export const EMAIL_POOL: PoolOutput = {
  userPoolId: "eu-west-1_a",
  clientId: "a",
  signIn: "email",
  verifies: ["email"],
  confirmsAtOnce: false,
  recovers: true,
  anonymous: false,
  authFlows: ["srp", "password"],
  oneTimeCode: false,
  passwordLength: 12,
};

export const ANONYMOUS_POOL: PoolOutput = {
  ...EMAIL_POOL,
  userPoolId: "eu-west-1_b",
  clientId: "b",
  signIn: "username",
  verifies: [],
  confirmsAtOnce: true,
  anonymous: true,
};

export const ALIAS_POOL: PoolOutput = {
  ...EMAIL_POOL,
  userPoolId: "eu-west-1_c",
  clientId: "c",
  signIn: "username-or-alias",
  verifies: ["email", "phone_number"],
};
