import { nextStep } from "../../functions/custom-auth/define";
import type { Step } from "../../functions/custom-auth/event";

const SRP: Step = { challengeName: "SRP_A", challengeResult: true, challengeMetadata: null };
const password = (challengeResult: boolean): Step => ({ challengeName: "PASSWORD_VERIFIER", challengeResult });
const code = (challengeResult: boolean): Step => ({ challengeName: "CUSTOM_CHALLENGE", challengeResult });
const WRONG = code(false);

type Outcome = "tokens" | "fail" | "ask for PASSWORD_VERIFIER" | "ask for CUSTOM_CHALLENGE";
type Row = [Outcome, ...(Step | null)[]];

function outcome(steps: (Step | null)[] | null | undefined, passwordFirst: boolean, userNotFound?: boolean): string {
  const answer = nextStep({ session: steps, userNotFound }, { passwordFirst });
  expect(Number(!!answer.challengeName) + Number(answer.issueTokens) + Number(answer.failAuthentication)).toBe(1);
  return answer.issueTokens ? "tokens" : answer.failAuthentication ? "fail" : `ask for ${answer.challengeName}`;
}

const rows = (...table: Row[]) => table.map(([expected, ...steps]) => ({ expected, steps, told: told(steps) }));
const told = (steps: (Step | null)[]) =>
  steps.map((step) => `${step?.challengeName} ${step?.challengeResult}`).join(", ");

/** Whatever `passwordFirst` says, since the client began with SRP. */
const WITH_SRP = rows(
  ["ask for PASSWORD_VERIFIER", SRP],
  ["ask for CUSTOM_CHALLENGE", SRP, password(true)],
  ["ask for CUSTOM_CHALLENGE", SRP, password(true), WRONG],
  ["ask for CUSTOM_CHALLENGE", SRP, password(true), WRONG, WRONG],
  ["fail", SRP, password(true), WRONG, WRONG, WRONG],
  ["tokens", SRP, password(true), code(true)],
  ["tokens", SRP, password(true), WRONG, WRONG, code(true)],
  ["fail", SRP, password(true), WRONG, WRONG, WRONG, code(true)],
  ["fail", SRP, password(false)],
  ["fail", SRP, { challengeName: "PASSWORD_VERIFIER" }],
  ["fail", SRP, password(false), code(true)],
  ["fail", SRP, code(true)],
  ["fail", SRP, SRP],
  ["fail", SRP, password(true), password(true)],
  ["fail", SRP, password(true), { challengeName: "SMS_MFA", challengeResult: true }],
  ["fail", SRP, password(true), { challengeName: "SMS_MFA", challengeResult: true }, code(true)],
);

const WITHOUT_SRP = rows(
  ["ask for CUSTOM_CHALLENGE"],
  ["ask for CUSTOM_CHALLENGE", WRONG],
  ["ask for CUSTOM_CHALLENGE", WRONG, WRONG],
  ["ask for CUSTOM_CHALLENGE", { challengeName: "CUSTOM_CHALLENGE", challengeResult: null }],
  ["fail", WRONG, WRONG, WRONG],
  ["fail", WRONG, WRONG, WRONG, code(true)],
  ["tokens", code(true)],
  ["tokens", WRONG, WRONG, code(true)],
  ["ask for CUSTOM_CHALLENGE", code(true), WRONG],
  ["fail", password(true)],
  ["fail", password(true), code(true)],
  ["fail", { challengeName: "DEVICE_SRP_AUTH", challengeResult: true }],
  ["fail", { challengeName: "DEVICE_SRP_AUTH", challengeResult: true }, code(true)],
  ["fail", { challengeResult: true }],
  ["fail", null],
  ["fail", null, code(true)],
);

it.each(WITH_SRP)("after [$told]: $expected", ({ steps, expected }) => {
  expect(outcome(steps, false)).toBe(expected);
  expect(outcome(steps, true)).toBe(expected);
});

it.each(WITHOUT_SRP)(
  "after [$told], without SRP: $expected, or fail where the password comes first",
  ({ steps, expected }) => {
    expect(outcome(steps, false)).toBe(expected);
    expect(outcome(steps, true)).toBe("fail");
  },
);

it.each([null, undefined])("takes a session that is %s for the beginning", (session) => {
  expect(outcome(session, false)).toBe("ask for CUSTOM_CHALLENGE");
});

it.each([...WITH_SRP, ...WITHOUT_SRP])("tells nobody by its course who exists: after [$told]", ({ steps }) => {
  const wrong = steps.map((step) => (step?.challengeName === "CUSTOM_CHALLENGE" ? WRONG : step));
  expect(outcome(wrong, false, true)).toBe(outcome(wrong, false, false));
  // Even where an answer of nobody's were taken for right.
  expect(outcome(steps, false, true)).not.toBe("tokens");
  expect(outcome(steps, true, true)).not.toBe("tokens");
});
