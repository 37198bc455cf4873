import type { Environment } from "./environments";
import type { Permission } from "./permission";

// All that the local cloud cannot do, and therefore goes without. Nothing else differs there from AWS, and a test asserts
// each of these in every other environment.

type Where = Pick<Environment, "stage">;

/** A permission, without its condition in the local cloud: there one on a pool, a sender or a context is never met. */
export const grantable = ({ condition, ...permission }: Permission, { stage }: Where): Permission =>
  stage === "local" ? permission : { ...permission, condition };

/** The resource of a right to send mail: the local cloud knows no identity's ARN there. */
export const mailResource = (identityArn: string, { stage }: Where) => (stage === "local" ? "*" : identityArn);

/** What an alarm is not held to, since the local cloud does not give it back as it was set. */
export const alarmLifecycle = ({ stage }: Where) =>
  stage === "local"
    ? { ignoreChanges: ["actions_enabled", "alarm_actions", "alarm_description", "treat_missing_data"] }
    : undefined;
