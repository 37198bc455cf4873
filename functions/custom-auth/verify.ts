import { randomUUID } from "node:crypto";
import { attributesOf } from "../shared/event";
import { causeForLog } from "../shared/service";
import { useAnswer } from "./code-store";
import type { VerifyEvent } from "./event";
import { isRight } from "./one-time-code";
import type { Settings } from "./settings";

/**
 * Whether an answer is the code of this sign-in. A right answer uses up the code (OWASP ASVS 6.5.1), and the code is of
 * no use in another sign-in (6.6.2).
 * @see https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x15-V6-Authentication.md
 */
export async function verify(event: VerifyEvent, { table }: Pick<Settings, "table">): Promise<boolean> {
  const { privateChallengeParameters, challengeAnswer, userNotFound } = event.request ?? {};
  const { code, until, signIn: id } = privateChallengeParameters ?? {};
  if (!code || !id) {
    console.error({ signInCode: "not compared", message: "the event has no code in its privateChallengeParameters" });
    return false;
  }
  const right = isRight({ code, until: Number(until) }, challengeAnswer ?? "") && !userNotFound;
  // Always one call, for an unknown user under a random key. Otherwise the answer would be faster and show who exists.
  const sub = attributesOf(event).sub ?? randomUUID();
  const counted = await useAnswer(table, { sub, id }, right).catch((cause) => {
    console.error({ signInCode: "not compared", ...causeForLog(cause) });
    return false;
  });
  return counted && right;
}
