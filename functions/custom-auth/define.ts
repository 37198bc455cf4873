import type { DefineEvent, DefineResponse, Step } from "./event";
import type { Settings } from "./settings";

/** The most answers in one sign-in. */
export const MOST_ANSWERS = 3;

const FAIL: DefineResponse = { issueTokens: false, failAuthentication: true };
const ISSUE_TOKENS: DefineResponse = { issueTokens: true, failAuthentication: false };
const ask = (challengeName: DefineResponse["challengeName"]): DefineResponse => ({
  challengeName,
  issueTokens: false,
  failAuthentication: false,
});

/**
 * The next step of a sign-in: the password if the client began with SRP, then the code. If an earlier step has an
 * unknown name, the sign-in fails.
 */
export function nextStep(
  { session, userNotFound }: NonNullable<DefineEvent["request"]>,
  { passwordFirst }: Pick<Settings, "passwordFirst">,
): DefineResponse {
  const steps = session ?? [];
  if (steps[0]?.challengeName !== "SRP_A") return passwordFirst ? FAIL : codeStep(steps, userNotFound);
  const [, verifier, ...answers] = steps;
  if (steps.length === 1) return ask("PASSWORD_VERIFIER");
  if (verifier?.challengeName !== "PASSWORD_VERIFIER" || verifier.challengeResult !== true) return FAIL;
  return codeStep(answers, userNotFound);
}

/** Asks for the code. An unknown user gets the same three tries as other users, but no answer is right. */
function codeStep(answers: (Step | null)[], userNotFound?: boolean): DefineResponse {
  const last = answers.at(-1);
  if (answers.length > MOST_ANSWERS || answers.some((step) => step?.challengeName !== "CUSTOM_CHALLENGE")) return FAIL;
  if (last?.challengeResult === true && !userNotFound) return ISSUE_TOKENS;
  return answers.length < MOST_ANSWERS ? ask("CUSTOM_CHALLENGE") : FAIL;
}
