import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { Target } from "./aws";
import type { InPool } from "./context";
import { type Refusal, refusal } from "./errors";
import { fromJson, isObject } from "./input";
import { allows } from "./resource-policy";
import { unrecognizable } from "./responses";

/** The triggers that run so far; each is also its key in the pool's `LambdaConfig`. */
export type Trigger =
  | "PreSignUp"
  | "PostConfirmation"
  | "PreAuthentication"
  | "PostAuthentication"
  | "UserMigration"
  | "DefineAuthChallenge"
  | "CreateAuthChallenge"
  | "VerifyAuthChallengeResponse"
  | "PreTokenGeneration"
  | "CustomMessage"
  | Sender;

/** The triggers that send messages themselves: nobody waits for them, and they answer nobody. */
export type Sender = "CustomEmailSender" | "CustomSMSSender";

interface TriggerEvent {
  readonly trigger: Trigger;
  readonly source: string;
  /** @default "1" */
  readonly version?: string;
  readonly userName: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** @default none, as for a trigger that cannot answer */
  readonly response?: Readonly<Record<string, unknown>>;
}

/** One run of a trigger, for people to see; it holds nothing of what was asked about whom. */
export interface TriggerRun {
  readonly userPoolId: string;
  readonly operation: string;
  readonly trigger: Trigger;
  readonly source: string;
  readonly functionName: string;
  readonly outcome: string;
  /** The response, or what the error says. */
  readonly answer: object | string;
  readonly ms: number;
  readonly at: string;
}

export type TriggerLog = TriggerRun[];
const remembered = 200;

/** Cognito waits this long, whatever the function's own timeout, and tries this often. */
const deadline = 5_000;
const attempts = 3;

/**
 * Runs the pool's function for a trigger, as Cognito does, and gives back the response it returned;
 * undefined where the pool has none.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export async function runTrigger(at: InPool, event: TriggerEvent): Promise<Record<string, unknown> | undefined> {
  const outcome = await logged(at, event, (target, sent) => tryInvoking(at, event.trigger, target, sent));
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** Hands an event to the pool's function, and that is all: what becomes of it only the log says. */
export async function queueTrigger(at: InPool, event: TriggerEvent & { readonly trigger: Sender }): Promise<void> {
  await logged(at, event, (target, sent) =>
    at.aws.invoke(target, sent, deadline, "Event").then(
      () => ({}),
      ({ name }: Error) => failed("invocation", event.trigger, name),
    ),
  );
}

/** Calls the function of a trigger, if there is one that may be called, and notes that in the log. */
async function logged(
  at: InPool,
  { trigger, source, ...rest }: TriggerEvent,
  call: (target: Target, event: Event) => Promise<Outcome>,
): Promise<Outcome | undefined> {
  const arn = functionFor(at.pool, trigger);
  if (!arn) return undefined;
  const started = Date.now();
  const [, , , , , , functionName = arn, Qualifier] = arn.split(":");
  const target = { FunctionName: functionName, Qualifier };
  const outcome = (await permitted(at, arn, target))
    ? await call(target, eventFor(at, source, rest))
    : failed("invocation", trigger, "AccessDeniedException");
  const done = rest.response ? "returned" : "queued";
  at.triggerLog.push({
    userPoolId: at.poolId,
    operation: at.operation,
    trigger,
    source,
    functionName,
    outcome: outcome instanceof Error ? outcome.name : done,
    answer: outcome instanceof Error ? outcome.message : harmless(outcome),
    ms: Date.now() - started,
    at: new Date(started).toISOString(),
  });
  at.triggerLog.splice(0, at.triggerLog.length - remembered);
  return outcome;
}

/** What in a response is about a person, or for the functions alone. */
const hidden = ["userAttributes", "privateChallengeParameters"];

const harmless = (response: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(response).map(([name, value]) => [name, value && hidden.includes(name) ? "(not shown)" : value]),
  );

/** A trigger whose events have versions has an object for its setting; PreTokenGeneration has both forms. */
export function functionFor({ LambdaConfig = {} }: UserPoolType, trigger: Trigger): string | undefined {
  const { PreTokenGenerationConfig: versioned, [trigger]: plain } = LambdaConfig;
  if (trigger === "PreTokenGeneration" && versioned?.LambdaArn) return versioned.LambdaArn;
  return typeof plain === "object" ? plain.LambdaArn : plain;
}

const eventFor = (at: InPool, triggerSource: string, rest: Omit<TriggerEvent, "trigger" | "source">) => ({
  version: "1",
  region: at.region,
  userPoolId: at.poolId,
  callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: at.clientId ?? "CLIENT_ID_NOT_APPLICABLE" },
  triggerSource,
  ...rest,
});

/** Cognito calls as a service, so only the function's own policy can let it in. */
const permitted = async (at: InPool, resource: string, target: Target) =>
  allows(await at.aws.policy(target), {
    service: "cognito-idp.amazonaws.com",
    action: "lambda:InvokeFunction",
    resource,
    context: { "aws:sourcearn": at.pool.Arn ?? "", "aws:sourceaccount": at.account },
  });

type Event = ReturnType<typeof eventFor>;
type Outcome = Record<string, unknown> | Refusal;

/** A handler that throws has answered; only a silent or overloaded one is asked again. */
async function tryInvoking(at: InPool, trigger: Trigger, target: Target, event: Event): Promise<Outcome> {
  let fault = "";
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const answer = await at.aws.invoke(target, event, deadline);
      const payload = Buffer.from(answer.Payload ?? []).toString();
      if (!answer.FunctionError) return read(payload, event);
      const said = message(payload);
      if (!/\bTask timed out after\b/.test(said)) return failed("function", trigger, said);
      fault = socketTimeout;
    } catch (error) {
      const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
      fault = name === "TimeoutError" || name === "AbortError" ? socketTimeout : name;
      const status = $metadata?.httpStatusCode ?? 500;
      if (status < 500 && status !== 429) break;
    }
  }
  return failed("invocation", trigger, fault);
}

const socketTimeout = "Socket timeout while invoking Lambda function";

function failed(what: "function" | "invocation", trigger: Trigger, why: string): Refusal {
  return what === "function"
    ? refusal("UserLambdaValidationException", `${trigger} failed with error ${why}.`)
    : refusal("UnexpectedLambdaException", `${trigger} invocation failed due to error ${why}.`);
}

function message(payload: string): string {
  const answer = fromJson(payload);
  return isObject(answer) ? String(answer.errorMessage ?? "") : payload;
}

/** A function must return the event it was given, with its response filled in. */
function read(payload: string, event: Event): Outcome {
  const output = fromJson(payload);
  if (output === undefined)
    return refusal("InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON");
  if (!isObject(output) || !isObject(output.response)) return unrecognizable();
  if (output.triggerSource !== event.triggerSource) return unrecognizable();
  return output.response;
}

/** What the caller sends along for triggers; a request has it only where it was sent. */
export type Metadata = Readonly<Record<string, string>> | undefined;
export const withMetadata = (clientMetadata: Metadata) => (clientMetadata ? { clientMetadata } : {});
