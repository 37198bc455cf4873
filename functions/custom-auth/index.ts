import { trigger } from "../shared/trigger";
import { create } from "./create";
import { nextStep } from "./define";
import { type CustomAuthEvent, SOURCES } from "./event";
import type { Settings } from "./settings";
import { verify } from "./verify";

/**
 * Signs people in with a one-time code by email, without a password or after it. Define chooses the next step, Create
 * makes and mails the code, Verify checks the answer. One function serves all three, so a sign-in waits for one cold
 * start instead of three.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
 */
export const handler = trigger<CustomAuthEvent, Settings>({ sources: SOURCES, rule: answer });

async function answer(event: CustomAuthEvent, settings: Settings): Promise<void> {
  switch (event.triggerSource) {
    case "DefineAuthChallenge_Authentication":
      event.response = { ...event.response, ...nextStep(event.request ?? {}, settings) };
      return;
    case "CreateAuthChallenge_Authentication":
      event.response = { ...event.response, ...(await create(event, settings)) };
      return;
    case "VerifyAuthChallengeResponse_Authentication":
      event.response = { ...event.response, answerCorrect: await verify(event, settings) };
      return;
    default:
      throw new Error("the event has no triggerSource");
  }
}
