import { randomUUID } from "node:crypto";
import { attributesOf } from "../shared/event";
import { causeForLog } from "../shared/service";
import { countAttempt } from "./code-store";
import type { VerifyEvent } from "./event";
import { isRight } from "./one-time-code";
import type { Settings } from "./settings";

/**
 * Whether an answer is the code of this sign-in. The code stays valid after a right answer, because several sign-ins
 * can share it: otherwise a user who signs in on two devices at once would fail on one of them.
 */
export async function verify(event: VerifyEvent, { table }: Pick<Settings, "table">): Promise<boolean> {
  const { privateChallengeParameters, challengeAnswer, userNotFound } = event.request ?? {};
  const { code, until } = privateChallengeParameters ?? {};
  if (!code) {
    console.error({ signInCode: "not compared", message: "the event has no code in its privateChallengeParameters" });
    return false;
  }
  // Always count, for an unknown user under a random key. Otherwise the answer would be faster and show who exists.
  const counted = await countAttempt(table, attributesOf(event).sub ?? randomUUID()).catch((cause) => {
    console.error({ signInCode: "not compared", ...causeForLog(cause) });
    return false;
  });
  const right = isRight({ code, until: Number(until) }, challengeAnswer ?? "");
  return counted && right && !userNotFound;
}
