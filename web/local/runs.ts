import type { CognitoTrigger } from "../../contract/triggers";

/** One run of a trigger, as the local cloud reports it. */
export interface Run {
  readonly userPoolId: string;
  readonly operation: string;
  readonly trigger: CognitoTrigger;
  readonly source: string;
  readonly outcome: string;
  /** The function's response, or its error's message. */
  readonly answer: Readonly<Record<string, unknown>> | string;
  readonly ms: number;
  readonly at: string;
}

/** The runs for a pool since a moment, which is in milliseconds since 1970. */
export async function readRuns(
  address: string,
  { userPoolId, since }: { userPoolId: string; since: number },
): Promise<Run[]> {
  const runs = (await (await fetch(address, { cache: "no-store" })).json()) as Run[];
  return runs.filter((run) => run.userPoolId === userPoolId && Date.parse(run.at) >= since);
}
