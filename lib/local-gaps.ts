import type { Environment } from "./environments";

// All that the local cloud cannot do, and therefore goes without. Nothing else differs there from AWS, and a test asserts
// each of these in every other environment.

type Where = Pick<Environment, "stage">;

/** The condition of a policy's statement: the local cloud finds those on a pool, a sender or a context never met. */
export const judged = (condition: object, { stage }: Where) => (stage === "local" ? {} : { Condition: condition });

/** The resource of a right to send mail: the local cloud knows no identity's ARN there. */
export const mailResource = (identityArn: string, { stage }: Where) => (stage === "local" ? "*" : identityArn);

/** What an alarm is not held to, since the local cloud does not give it back as it was set. */
export const alarmLifecycle = ({ stage }: Where) =>
  stage === "local"
    ? { ignoreChanges: ["actions_enabled", "alarm_actions", "alarm_description", "treat_missing_data"] }
    : undefined;
