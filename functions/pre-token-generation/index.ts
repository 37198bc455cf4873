import { requireAccess } from "../shared/access";
import type { TriggerEvent } from "../shared/event";
import { trigger } from "../shared/trigger";
import { isForMachine, type PreTokenGenerationEvent, SOURCES } from "./event";
import type { Settings } from "./settings";
import { changeTokens } from "./tokens";

/**
 * Runs whenever Cognito is about to issue tokens, also at a refresh and a federated sign-in, where pre authentication
 * does not.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export const handler = trigger<PreTokenGenerationEvent, Settings>({
  sources: SOURCES,
  guard: refuse,
  rule: changeTokens,
});

async function refuse(event: TriggerEvent, { access }: Settings): Promise<void> {
  // Access is about people; a program has neither an address nor a name to judge.
  if (access && !isForMachine(event)) await requireAccess(event, access, "log in");
}
