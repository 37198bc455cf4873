import type { Aws, FunctionName } from "../emulator/aws";
import { type CognitoException, exception } from "../exceptions";
import { fromJson, isObject, isWellFormed } from "../json";
import { unrecognizable } from "./response";
import type { Trigger } from "./trigger-names";

/** The response of a function, or the error that Cognito makes of its answer. */
export type Outcome = Record<string, unknown> | CognitoException;

/** Cognito waits this long, whatever the function's own timeout. */
export const deadline = 5_000;
const attempts = 3;

/** Calls a function as Cognito does. A function that throws has answered; one that times out is called again. */
export async function invokeFunction(
  aws: Aws,
  trigger: Trigger,
  functionName: FunctionName,
  event: { readonly triggerSource: string },
): Promise<Outcome> {
  let fault = "";
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const answer = await aws.invoke(functionName, event, deadline);
      const payload = Buffer.from(answer.Payload ?? []).toString();
      if (!answer.FunctionError) return responseIn(payload, event.triggerSource);
      const message = errorMessageIn(payload);
      if (!/\bTask timed out after\b/.test(message)) return functionFailed(trigger, message);
      fault = socketTimeout;
    } catch (error) {
      const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
      fault = name === "TimeoutError" || name === "AbortError" ? socketTimeout : name;
      const status = $metadata?.httpStatusCode ?? 500;
      if (status < 500 && status !== 429) break;
    }
  }
  return invocationFailed(trigger, fault);
}

const socketTimeout = "Socket timeout while invoking Lambda function";

const functionFailed = (trigger: Trigger, why: string) =>
  exception("UserLambdaValidationException", `${trigger} failed with error ${why}.`);
export const invocationFailed = (trigger: Trigger, why: string) =>
  exception("UnexpectedLambdaException", `${trigger} invocation failed due to error ${why}.`);

function errorMessageIn(payload: string): string {
  const answer = fromJson(payload);
  return isObject(answer) ? String(answer.errorMessage ?? "") : payload;
}

/** A function must return the event that it was given, with its response. */
function responseIn(payload: string, triggerSource: string): Outcome {
  const output = fromJson(payload);
  if (output === undefined)
    return exception("InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON");
  if (!isWellFormed(output)) return unrecognizable();
  if (!isObject(output) || !isObject(output.response)) return unrecognizable();
  if (output.triggerSource !== triggerSource) return unrecognizable();
  return output.response;
}
