import { readFileSync } from "node:fs";
import { HELP, readCommandLine } from "./review/command-line";
import { toMarkdown } from "./review/markdown";
import { readPlan } from "./review/plan";
import { EXIT, exitCode, review, toJson, toldIncomplete } from "./review/review";
import { ReviewError } from "./review/review-error";

// npm run review
main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof ReviewError ? error.message : error);
  process.exitCode = EXIT.unknown;
});

async function main(args: string[]): Promise<void> {
  const commandLine = readCommandLine(args);
  if (!commandLine) return console.log(HELP);
  const { plan, environment, allowed } = commandLine;
  if (!plan) throw new ReviewError("--environment is not there yet.");
  const result = review([readPlan(read(plan), plan)], { environment, allowed });
  process.stdout.write(commandLine.format === "json" ? `${toJson(result)}\n` : toMarkdown(result));
  if (result.incomplete) console.error(toldIncomplete(result.incomplete));
  process.exitCode = exitCode(result);
}

/** @throws ReviewError when the file cannot be read */
function read(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new ReviewError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? "it is too large"}.`);
  }
}
