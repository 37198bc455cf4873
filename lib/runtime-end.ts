import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Annotations, type TerraformStack } from "cdktf";
import { SettingsError } from "./checked-settings";
import { LOCAL_ACCOUNT } from "./environments";
import { RUNTIME, type Runtime } from "./runtime";
import { accountAndRegion } from "./terraform";

/** How long before its end synthesis begins to warn of a runtime. */
const MONTHS_OF_WARNING = 6;

/**
 * Warns in every stack with functions that their runtime ends soon, or has ended. `cdktf` prints the warnings. The local
 * cloud runs every runtime, so nothing is said of its stacks.
 * @param today the day, as `YYYY-MM-DD`
 * @throws SettingsError from the day on which AWS changes no function with this runtime
 */
export function checkRuntime(stacks: readonly TerraformStack[], today = synthesisDate(), runtime = RUNTIME): void {
  if (today < warningFrom(runtime)) return;
  const { name, deprecated, createBlocked, changeBlocked, moveOn } = runtime;
  for (const stack of stacks.filter(hasFunctionsInAws)) {
    if (today >= changeBlocked) {
      throw new SettingsError(
        `${stack.node.id} has functions with ${name}, and AWS changes none since ${changeBlocked}: ${moveOn}.`,
      );
    }
    Annotations.of(stack).addWarning(
      `AWS stops mending ${name} on ${deprecated}, making functions with it on ${createBlocked}, and changing them on ${changeBlocked}: ${moveOn}.`,
    );
  }
}

function hasFunctionsInAws(stack: TerraformStack): boolean {
  return (
    accountAndRegion(stack).account !== LOCAL_ACCOUNT &&
    stack.node.findAll().some((construct) => construct instanceof LambdaFunction)
  );
}

function warningFrom({ deprecated }: Runtime): string {
  const day = new Date(deprecated);
  day.setUTCMonth(day.getUTCMonth() - MONTHS_OF_WARNING);
  return dayOf(day);
}

/**
 * Today in UTC. The variable SYNTHESIS_DATE sets another day: the tests must pass on every day, and a person can see
 * what synthesis will say.
 * @throws SettingsError when the variable is not a day
 */
export function synthesisDate(variables = process.env): string {
  const day = variables.SYNTHESIS_DATE;
  if (!day) return dayOf(new Date());
  if (/^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day))) return day;
  throw new SettingsError(`SYNTHESIS_DATE is "${day}", but it must be a day such as 2027-01-31.`);
}

const dayOf = (time: Date) => time.toISOString().slice(0, 10);
