import type { Environment } from "./environments";
import type { Permission } from "./permission";

// Every difference between the local environment and the others, because the local cloud cannot do it. Tests check that
// the other environments have none of these differences.

type Where = Pick<Environment, "stage">;

/** The permission, in the local cloud without its condition: there some conditions never match. */
export const grantable = ({ condition, ...permission }: Permission, { stage }: Where): Permission =>
  stage === "local" ? permission : { ...permission, condition };

/** The resource of the permission to send mail. The local cloud does not accept the ARN of an identity there. */
export const mailResource = (identityArn: string, { stage }: Where) => (stage === "local" ? "*" : identityArn);

/**
 * How long a function waits for the block list, in milliseconds. The local cloud can be slower than the 1.5 s that AWS
 * gets: under a load of tests it would refuse people who may come in. Cognito waits for 5 s.
 */
export const blockListDeadline = ({ stage }: Where) => (stage === "local" ? 4000 : undefined);

/** Ignores the properties of an alarm that the local cloud does not return as they were set. */
export const alarmLifecycle = ({ stage }: Where) =>
  stage === "local"
    ? { ignoreChanges: ["actions_enabled", "alarm_actions", "alarm_description", "treat_missing_data"] }
    : undefined;
