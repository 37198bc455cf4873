/** The account and Region of the local cloud. The environment `local` in `lib/environments.ts` names the same. */
export const ACCOUNT = "000000000000";
export const REGION = "eu-west-1";

/** The stacks of the environment `local`, in the order in which they are deployed. */
export const STATE_STACK = "state-local";
export const IDENTITY_STACK = "identity-local";
