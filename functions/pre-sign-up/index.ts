import { trigger } from "../shared/trigger";
import { type PreSignUpEvent, SOURCES } from "./event";
import { confirm, refuse } from "./rules";
import type { Settings } from "./settings";

/**
 * Runs before Cognito creates a user, by sign-up, by an administrator or by an identity provider. Cognito uses the
 * response only at sign-up, but a refusal always stops the creation. A pool with `linking` runs `with-linking.ts`
 * instead.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 */
export const handler = trigger<PreSignUpEvent, Settings>({ sources: SOURCES, guard: refuse, rule: confirm });
