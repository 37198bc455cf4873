import type { Trigger } from "./trigger-names";

/** One run of a trigger, as `/_local/triggers.json` shows it. It holds nothing that is personal or secret. */
export interface TriggerRun {
  readonly userPoolId: string;
  readonly operation: string;
  readonly trigger: Trigger;
  readonly source: string;
  readonly functionName: string;
  readonly outcome: string;
  /** The response, or the message of the error. */
  readonly answer: object | string;
  readonly ms: number;
  readonly at: string;
}

export type TriggerLog = TriggerRun[];

const longestLog = 200;

export function addToLog(log: TriggerLog, run: TriggerRun): void {
  log.push(run);
  log.splice(0, log.length - longestLog);
}

/** The parts of a response that are personal, or that only the functions may see. */
const hiddenParts = ["userAttributes", "privateChallengeParameters"];

export const withoutHiddenParts = (response: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(response).map(([name, value]) => [
      name,
      value && hiddenParts.includes(name) ? "(not shown)" : value,
    ]),
  );
