import { runTrigger } from "../../../gateway/triggers/run-trigger";
import type { TriggerLog } from "../../../gateway/triggers/trigger-log";
import { fakeContext } from "../fake-context";

const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:fn";
const poolArn = "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_abc";
const allowing = {
  Statement: {
    Effect: "Allow",
    Principal: "*",
    Action: "lambda:InvokeFunction",
    Resource: functionArn,
  },
};
type Invoked = { Payload?: Uint8Array; FunctionError?: string };
const payload = (text: string): Invoked => ({ Payload: Buffer.from(text) });
const failure = (errorMessage: string): Invoked => ({
  ...payload(JSON.stringify({ errorMessage })),
  FunctionError: "Unhandled",
});
const fault = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

/** A pool whose function gives `answers`, one after the other; an Error is a call that failed. */
function poolWith(answers: (Invoked | Error | ((event: object) => Invoked))[], policy?: object) {
  const calls: object[] = [];
  const triggerLog: TriggerLog = [];
  const context = fakeContext({
    pool: { Arn: poolArn, LambdaConfig: { PreSignUp: functionArn } },
    triggerLog,
    aws: {
      policy: async () => policy ?? allowing,
      invoke: async (_: object, event: object) => {
        const answer = answers[calls.push(event) - 1];
        if (answer instanceof Error) throw answer;
        return typeof answer === "function" ? answer(event) : answer;
      },
    },
  });
  return { context, calls, triggerLog };
}

const event = {
  trigger: "PreSignUp",
  source: "PreSignUp_SignUp",
  userName: "rroe",
  request: { userAttributes: {}, validationData: null },
  response: { autoConfirmUser: false },
} as const;

const late = failure("2026-11-22T17:00:00Z 1-2 Task timed out after 5.00 seconds");
const timeout = "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.";
const unexpected = "UnexpectedLambdaException";
const invalid = "InvalidLambdaResponseException";

describe("a trigger", () => {
  it.each<[string, (Invoked | Error)[], number, string, string]>([
    ["that throws", [failure("No")], 1, "UserLambdaValidationException", "PreSignUp failed with error No."],
    ["out of time three times", [late, late, late], 3, unexpected, timeout],
    ["silent three times", Array(3).fill(fault("TimeoutError")), 3, unexpected, timeout],
    [
      "throttled three times",
      Array(3).fill(fault("TooManyRequestsException", 429)),
      3,
      unexpected,
      "PreSignUp invocation failed due to error TooManyRequestsException.",
    ],
    [
      "that Lambda refuses to run",
      [fault("ResourceConflictException", 409)],
      1,
      unexpected,
      "PreSignUp invocation failed due to error ResourceConflictException.",
    ],
    ["that returns nothing", [payload("null")], 1, invalid, "Unrecognizable lambda output"],
    ["that returns text", [payload('"ok"')], 1, invalid, "Unrecognizable lambda output"],
    ["that returns a list", [payload("[]")], 1, invalid, "Unrecognizable lambda output"],
    ["that returns another object", [payload('{"statusCode":200}')], 1, invalid, "Unrecognizable lambda output"],
    [
      "that returns a response without the event",
      [payload('{"response":{}}')],
      1,
      invalid,
      "Unrecognizable lambda output",
    ],
    ["that returns no JSON", [payload("ok")], 1, invalid, "Invalid lambda function output : Invalid JSON"],
    ["that returns no bytes", [{}], 1, invalid, "Invalid lambda function output : Invalid JSON"],
  ])("%s", async (_, answers, tries, name, message) => {
    const { context, calls, triggerLog } = poolWith(answers);
    await expect(runTrigger(context, event)).rejects.toMatchObject({ name, message });
    expect(calls).toHaveLength(tries);
    expect(triggerLog).toMatchObject([{ functionName: "fn", outcome: name, answer: message }]);
  });

  it("is asked again after a timeout, and heard", async () => {
    const echo = (sent: object) => payload(JSON.stringify({ ...sent, response: { x: 1 } }));
    const { context, calls } = poolWith([late, fault("ServiceException", 503), echo]);
    await expect(runTrigger(context, event)).resolves.toEqual({ x: 1 });
    expect(calls).toHaveLength(3);
  });

  it("gets the event as Cognito sends it, and leaves nothing personal in the log", async () => {
    const { context, calls, triggerLog } = poolWith([(sent) => payload(JSON.stringify(sent))]);
    await runTrigger(context, event);
    expect(calls[0]).toEqual({
      version: "1",
      region: "eu-west-1",
      userPoolId: "eu-west-1_abc",
      userName: "rroe",
      callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "client" },
      triggerSource: "PreSignUp_SignUp",
      request: { userAttributes: {}, validationData: null },
      response: { autoConfirmUser: false },
    });
    expect(JSON.stringify(triggerLog)).not.toContain("rroe");
  });

  it("has its answer in the log, but for what is personal or secret in it", async () => {
    const response = {
      autoConfirmUser: true,
      finalUserStatus: null,
      userAttributes: { email: "rroe@example.org" },
      privateChallengeParameters: { code: "123456" },
    };
    const { context, triggerLog } = poolWith([(sent) => payload(JSON.stringify({ ...sent, response }))]);
    await expect(runTrigger(context, event)).resolves.toEqual(response);
    expect(triggerLog).toMatchObject([
      {
        userPoolId: "eu-west-1_abc",
        outcome: "returned",
        answer: {
          autoConfirmUser: true,
          finalUserStatus: null,
          userAttributes: "(not shown)",
          privateChallengeParameters: "(not shown)",
        },
      },
    ]);
  });

  it("does not run without the function's permission", async () => {
    const { context, calls } = poolWith([], { Statement: [] });
    await expect(runTrigger(context, event)).rejects.toThrow(
      "PreSignUp invocation failed due to error AccessDeniedException.",
    );
    expect(calls).toHaveLength(0);
  });

  it("is nothing where the pool has none", async () => {
    const { context } = poolWith([]);
    await expect(runTrigger(context, { ...event, trigger: "PreAuthentication" })).resolves.toBeUndefined();
  });
});
