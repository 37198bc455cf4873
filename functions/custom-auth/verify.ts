import { randomUUID } from "node:crypto";
import { attributesOf } from "../shared/event";
import { causeForLog } from "../shared/service";
import { countAttempt } from "./code-store";
import type { VerifyEvent } from "./event";
import { isRight } from "./one-time-code";
import type { Settings } from "./settings";

/**
 * Whether an answer is the code of this sign-in. A right one leaves the code as it is: sign-ins of one window share it, so
 * somebody who signs in on two devices at once would fail on one of them. It is valid for two minutes, whoever answered.
 */
export async function verify(event: VerifyEvent, { table }: Pick<Settings, "table">): Promise<boolean> {
  const { privateChallengeParameters, challengeAnswer, userNotFound } = event.request ?? {};
  const { code, until } = privateChallengeParameters ?? {};
  if (!code) {
    console.error({ signInCode: "not compared", message: "the event has no code in its privateChallengeParameters" });
    return false;
  }
  // Asked for everybody, under a name that nobody has if need be: an answer without it would come sooner.
  const counted = await countAttempt(table, attributesOf(event).sub ?? randomUUID()).catch((cause) => {
    console.error({ signInCode: "not compared", ...causeForLog(cause) });
    return false;
  });
  const right = isRight({ code, until: Number(until) }, challengeAnswer ?? "");
  return counted && right && !userNotFound;
}
