import { requireAccess } from "../shared/access";
import type { TriggerEvent } from "../shared/event";
import { trigger } from "../shared/trigger";
import { isForMachine, type PreTokenGenerationEvent, SOURCES } from "./event";
import type { Settings } from "./settings";
import { changeTokens } from "./tokens";

/**
 * Runs before Cognito issues tokens, also at a refresh and at a federated sign-in, where pre authentication does not
 * run.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export const handler = trigger<PreTokenGenerationEvent, Settings>({
  sources: SOURCES,
  guard: refuse,
  rule: changeTokens,
});

async function refuse(event: TriggerEvent, { access }: Settings): Promise<void> {
  // A program has no address and no user name, so `access` does not apply to it.
  if (access && !isForMachine(event)) await requireAccess(event, access, "log in");
}
