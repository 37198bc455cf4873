import { readFileSync, writeFileSync } from "node:fs";
import { SettingsError } from "../lib/checked-settings";
import { allEnvironments, type Environment } from "../lib/environments";
import { Problem } from "../local/problem";
import { type CommandLine, HELP, readCommandLine } from "./review/command-line";
import { lookAtPools } from "./review/live-pools";
import { failureComment, toMarkdown } from "./review/markdown";
import { readPlan } from "./review/plan";
import { preventDestroyRemoved } from "./review/prevent-destroy";
import { EXIT, exitCode, type Review, review, toJson, toldIncomplete } from "./review/review";
import { ReviewError } from "./review/review-error";
import { planStack, synthesize } from "./review/terraform-plan";

/** Runs the command of the arguments, prints the review, and returns the exit code. */
export async function run(args: string[]): Promise<number> {
  let line: CommandLine | undefined;
  try {
    line = readCommandLine(args);
    if (!line) {
      console.log(HELP);
      return 0;
    }
    const result = line.plan === undefined ? await reviewEnvironment(line) : reviewFile(line, line.plan);
    process.stdout.write(line.format === "json" ? `${toJson(result)}\n` : toMarkdown(result));
    if (line.json !== undefined) write(line.json, `${toJson(result)}\n`);
    for (const note of result.notes) console.error(note);
    if (result.incomplete) console.error(toldIncomplete(result.incomplete));
    return exitCode(result);
  } catch (error) {
    const isExpected = error instanceof ReviewError || error instanceof SettingsError || error instanceof Problem;
    console.error(isExpected ? error.message : error);
    // A comment of an earlier run must not stay as if it were true.
    if (line?.format === "markdown" && isExpected)
      process.stdout.write(failureComment(line.environment, error.message));
    return EXIT.unknown;
  }
}

/** Reviews a saved plan. How many people a pool has is not known then. */
function reviewFile({ environment, allowed }: CommandLine, file: string): Review {
  return review([readPlan(read(file), file)], { environment, allowed });
}

/** Plans an environment's stacks, looks at its pools in AWS, and reviews both. */
async function reviewEnvironment({ environment: name = "", allowed, base }: CommandLine): Promise<Review> {
  const environment = environmentNamed(name);
  const { stacks, notes } = await synthesize(environment);
  const unprotected = base === undefined ? [] : preventDestroyRemoved(base, stacks);
  const plans = [];
  for (const stack of stacks) plans.push(await planStack(stack));
  const { estimates, findings } = await lookAtPools(environment, plans);
  return review(plans, { environment: name, allowed, estimates, more: [...findings, ...unprotected], notes });
}

/** @throws ReviewError when there is no environment of that name */
function environmentNamed(name: string): Environment {
  const all = allEnvironments();
  const environment = all.find((one) => one.name === name);
  if (environment) return environment;
  throw new ReviewError(
    `--environment is "${name}", but the environments are ${all.map((one) => one.name).join(", ")}.`,
  );
}

/** @throws ReviewError when the file cannot be read */
function read(file: string): string {
  try {
    const bytes = readFileSync(file === "-" ? 0 : file);
    // PowerShell writes what a program prints in UTF-16.
    return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "utf8");
  } catch (error) {
    throw new ReviewError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? "it is too large"}.`);
  }
}

/** @throws ReviewError when the file cannot be written */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ReviewError(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

if (require.main === module) {
  run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
