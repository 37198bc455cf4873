import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { localPath } from "../local/local-folder";
import { findPython } from "../local/prerequisites";
import { Problem } from "../local/problem";
import { run } from "../local/processes";
import { type PythonProgram, prepareVenv } from "../local/venv";
import { type Failure, type ScanReport, type StackJson, scanReport } from "./scan-report";

const CHECKOV: PythonProgram = {
  name: "the scanner checkov",
  takes: "one to five minutes",
  requirements: "tools/scan-requirements.txt",
  venv: "scan-venv",
};

/** The part of checkov's answer that is used here. */
interface Answer {
  readonly results?: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
      readonly file_abs_path: string;
    }[];
  };
  readonly summary?: { readonly passed: number; readonly parsing_errors: number; readonly checkov_version: string };
}

export interface Scan extends ScanReport {
  /** Checkov's version. */
  readonly version: string;
  readonly stacks: number;
  readonly passed: number;
}

/**
 * Scans the synthesized stacks of a folder with checkov.
 * @throws Problem when checkov cannot be installed, does not run, or cannot read a stack
 */
export async function scanStacks(folder: string, stop: AbortSignal): Promise<Scan> {
  const python = await prepareVenv(CHECKOV, findPython(), stop);
  const files = readdirSync(join(folder, "stacks")).map((stack) => join(folder, "stacks", stack, "cdk.tf.json"));
  const log = localPath("logs", "scan.log");
  const { results, summary } = await checkov(python, files, log, stop);
  if (!results || !summary) throw new Problem("Checkov found nothing to scan in the synthesized stacks.");
  const { passed, parsing_errors: unread, checkov_version: version } = summary;
  if (unread > 0) throw new Problem(`Checkov cannot read ${unread} of ${files.length} stacks; ${log} says why.`);
  const stackOf = (file: string) => basename(dirname(file));
  const stacks = new Map(
    files.map((file): [string, StackJson] => [stackOf(file), JSON.parse(readFileSync(file, "utf8"))]),
  );
  const failures = results.failed_checks.map(
    ({ check_id: rule, check_name: title, resource, file_abs_path }): Failure => ({
      ...{ stack: stackOf(file_abs_path), resource, rule, title },
    }),
  );
  return { ...scanReport(stacks, failures), version, stacks: stacks.size, passed };
}

async function checkov(python: string, files: string[], log: string, stop: AbortSignal): Promise<Answer> {
  // An empty home, and no variable of yours: a configuration would change the rules, and a key would send the results
  // to a server. Without `--skip-download`, checkov asks that server for links.
  const home = join(dirname(dirname(python)), "home");
  mkdirSync(home, { recursive: true });
  const output = join(home, "output");
  const script = join(dirname(python), "checkov");
  const given = ["--framework", "terraform_json", "--skip-download", "--soft-fail", "--quiet", "--compact"];
  const args = [
    ...given,
    "--output",
    "json",
    "--output-file-path",
    output,
    ...files.flatMap((file) => ["--file", file]),
  ];
  const env = { PATH: process.env.PATH, HOME: home, LANG: "C.UTF-8" };
  const { ok } = await run(python, [script, ...args], { cwd: home, env, log, stop });
  if (!ok) throw new Problem(`Checkov failed; the whole log is ${log}.`);
  return JSON.parse(readFileSync(join(output, "results_json.json"), "utf8"));
}
