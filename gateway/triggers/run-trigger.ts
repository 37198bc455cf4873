import type { PoolContext } from "../context";
import type { FunctionName } from "../emulator/aws";
import { deadline, invocationFailed, invokeFunction, type Outcome } from "./invoke-function";
import { allows } from "./resource-policy";
import { addToLog, withoutHiddenParts } from "./trigger-log";
import { functionFor, type SenderTrigger, type Trigger } from "./trigger-names";

/** The parts of an event that differ from trigger to trigger. */
interface TriggerEvent {
  readonly trigger: Trigger;
  readonly source: string;
  /** @default "1" */
  readonly version?: string;
  readonly userName: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** @default none, for a trigger that answers nothing */
  readonly response?: Readonly<Record<string, unknown>>;
}

/**
 * Runs the pool's function for a trigger, as Cognito does.
 * @returns the response of the function; undefined where the pool has no such trigger
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export async function runTrigger(
  context: PoolContext,
  event: TriggerEvent,
): Promise<Record<string, unknown> | undefined> {
  const outcome = await callAndLog(context, event, (functionName, sent) =>
    invokeFunction(context.aws, event.trigger, functionName, sent),
  );
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** Calls the pool's function for a trigger asynchronously. Its errors are in the log, and never the caller's. */
export async function queueTrigger(
  context: PoolContext,
  event: TriggerEvent & { readonly trigger: SenderTrigger },
): Promise<void> {
  await callAndLog(context, event, (functionName, sent) =>
    context.aws.invoke(functionName, sent, deadline, "Event").then(
      () => ({}),
      ({ name }: Error) => invocationFailed(event.trigger, name),
    ),
  );
}

/** Calls the function of a trigger, if the pool has one and Cognito may call it, and logs the call. */
async function callAndLog(
  context: PoolContext,
  { trigger, source, ...event }: TriggerEvent,
  call: (functionName: FunctionName, sent: CognitoEvent) => Promise<Outcome>,
): Promise<Outcome | undefined> {
  const arn = functionFor(context.pool, trigger);
  if (!arn) return undefined;
  const started = Date.now();
  const [, , , , , , name = arn, Qualifier] = arn.split(":");
  const functionName = { FunctionName: name, Qualifier };
  const outcome = (await mayCall(context, arn, functionName))
    ? await call(functionName, eventFor(context, source, event))
    : invocationFailed(trigger, "AccessDeniedException");
  addToLog(context.triggerLog, {
    userPoolId: context.poolId,
    operation: context.operation,
    trigger,
    source,
    functionName: name,
    outcome: outcome instanceof Error ? outcome.name : event.response ? "returned" : "queued",
    answer: outcome instanceof Error ? outcome.message : withoutHiddenParts(outcome),
    ms: Date.now() - started,
    at: new Date(started).toISOString(),
  });
  return outcome;
}

type CognitoEvent = ReturnType<typeof eventFor>;

const eventFor = (context: PoolContext, triggerSource: string, event: Omit<TriggerEvent, "trigger" | "source">) => ({
  version: "1",
  region: context.region,
  userPoolId: context.poolId,
  callerContext: {
    awsSdkVersion: "aws-sdk-unknown-unknown",
    clientId: context.clientId ?? "CLIENT_ID_NOT_APPLICABLE",
  },
  triggerSource,
  ...event,
});

/** Cognito calls as an AWS service, so only the function's own resource policy can allow it. */
const mayCall = async (context: PoolContext, resource: string, functionName: FunctionName) =>
  allows(await context.aws.policy(functionName), {
    service: "cognito-idp.amazonaws.com",
    action: "lambda:InvokeFunction",
    resource,
    context: { "aws:sourcearn": context.pool.Arn ?? "", "aws:sourceaccount": context.account },
  });
