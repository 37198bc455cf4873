import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Difference, differences, sorted } from "./json-differences";
import { LANES, type Lane } from "./lane-list";

const HELP = `Lanes: other versions of dependencies, with which the project must also work (docs/moving-to-cdktn.md)

  npm run lanes              Try all of them, about 3 minutes each: ${LANES.map(({ name }) => name).join(", ")}
  npm run lanes -- <name>    Try one
  --help                     Print this

  Each lane is a copy of the checkout in a scratch folder, with another package.json. There it installs, checks types,
  runs npm run test:code and synthesizes, and its JSON must differ from ours as tools/lane-list.ts says, and in nothing
  else. Exit codes: 0 all lanes passed; 1 one failed; 2 wrong arguments.`;

const ROOT = resolve(__dirname, "..");

/** A day before any warning, so that the lanes are about versions alone. */
const SILENT = "2026-01-01";

type Result = { step: string; seconds: number; passed: boolean; notes: string[] };

function main(args: string[]): number {
  if (args.includes("--help")) {
    console.log(HELP);
    return 0;
  }
  const unknown = args.find((arg) => !LANES.some(({ name }) => name === arg));
  if (unknown !== undefined) {
    console.error(`The lane is "${unknown}", but the lanes are ${LANES.map(({ name }) => name).join(", ")}.`);
    return 2;
  }
  const scratch = mkdtempSync(join(tmpdir(), "lanes-"));
  console.log(`The scratch folder is ${scratch}.`);
  const ours = join(scratch, "ours");
  copyCheckout(ours);
  symlinkSync(join(ROOT, "node_modules"), join(ours, "node_modules"), "junction");
  const synthesis = run(ours, "synthesis", SYNTHESIS);
  if (!synthesis.passed) {
    print("ours", synthesis);
    return 1;
  }
  const failed = LANES.filter(({ name }) => args.length === 0 || args.includes(name)).filter(
    (lane) => !tryLane(lane, join(scratch, lane.name), ours),
  );
  if (failed.length === 0) rmSync(scratch, { recursive: true });
  return failed.length === 0 ? 0 : 1;
}

const SYNTHESIS = ["node", "--import", "tsx", "main.ts"];
const STEPS: [step: string, command: string[]][] = [
  ["install", ["npm", "install", "--no-audit", "--no-fund"]],
  ["types", ["npm", "run", "build"]],
  ["tests", ["npm", "run", "test:code"]],
  ["synthesis", SYNTHESIS],
];

/** Does the steps of a lane until one fails, and prints a line for each. */
function tryLane(lane: Lane, folder: string, ours: string): boolean {
  copyCheckout(folder);
  changePackages(folder, lane);
  for (const [step, command] of STEPS) {
    const result = run(folder, step, command);
    print(lane.name, result);
    if (!result.passed) return false;
  }
  const compared = compare(ours, folder, lane);
  print(lane.name, compared);
  if (compared.passed) rmSync(folder, { recursive: true });
  return compared.passed;
}

/** Copies what git knows or would add, as it is now. */
function copyCheckout(folder: string): void {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const gone = execFileSync("git", ["ls-files", "-z", "--deleted"], { cwd: ROOT, encoding: "utf8" }).split("\0");
  for (const file of list.split("\0").filter((name) => name && !gone.includes(name))) {
    cpSync(join(ROOT, file), join(folder, file));
  }
}

function changePackages(folder: string, { dependencies, overrides }: Lane): void {
  const file = join(folder, "package.json");
  const packages = JSON.parse(readFileSync(file, "utf8"));
  const page = join(folder, "docs/dependencies.md");
  let table = readFileSync(page, "utf8");
  for (const [name, version] of Object.entries(dependencies)) {
    // The table of dependencies has the versions, too, and a test compares them.
    table = table.replace(`| \`${name}\` | ${packages.dependencies[name]} |`, `| \`${name}\` | ${version} |`);
    packages.dependencies[name] = version;
  }
  for (const name of overrides) packages.overrides[name] = `$${name}`;
  writeFileSync(file, `${JSON.stringify(packages, undefined, 2)}\n`);
  writeFileSync(page, table);
}

function run(folder: string, step: string, [program = "", ...args]: string[]): Result {
  const log = join(folder, "lane.log");
  const output = openSync(log, "w");
  const start = Date.now();
  const { status } = spawnSync(program, args, { cwd: folder, env: variables(), stdio: ["ignore", output, output] });
  const notes = status === 0 ? [] : [`${[program, ...args].join(" ")}, in ${folder}:`, ...lastLines(log)];
  return { step, seconds: secondsSince(start), passed: status === 0, notes };
}

/** Without the variables by which npm would take the checkout for the project. */
function variables(): NodeJS.ProcessEnv {
  const outer = /^(npm_(package|lifecycle|config_local_prefix|command)|INIT_CWD$|ENVIRONMENT$|CDKTF_OUTDIR$)/;
  const own = Object.entries(process.env).filter(([name]) => !outer.test(name));
  return { ...Object.fromEntries(own), SYNTHESIS_DATE: SILENT };
}

function lastLines(log: string): string[] {
  return readFileSync(log, "utf8").trimEnd().split("\n").slice(-30);
}

const secondsSince = (start: number) => Math.round((Date.now() - start) / 1000);

function compare(ours: string, theirs: string, { expected }: Lane): Result {
  const start = Date.now();
  const { counts, unexpected } = sorted(differences(readStacks(ours), readStacks(theirs)), expected);
  const missing = [...counts].filter(([, count]) => count === 0).map(([name]) => `missing: ${name}`);
  return {
    step: "JSON",
    seconds: secondsSince(start),
    passed: unexpected.length === 0 && missing.length === 0,
    notes: [...[...counts].map(([name, count]) => `${count} times ${name}`), ...missing, ...unexpected.map(shown)],
  };
}

/** The JSON of each stack by its name. */
function readStacks(folder: string): Record<string, unknown> {
  const stacks = join(folder, "cdktf.out/stacks");
  const read = (stack: string) => JSON.parse(readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8"));
  return Object.fromEntries(readdirSync(stacks).map((stack) => [stack, read(stack)]));
}

const shown = ({ path, ours, theirs }: Difference) =>
  `not expected: ${path.join(" > ")} is ${JSON.stringify(theirs)}, ours is ${JSON.stringify(ours)}`;

function print(lane: string, { step, seconds, passed, notes }: Result): void {
  console.log(
    `| ${lane.padEnd(16)} | ${step.padEnd(10)} | ${`${seconds} s`.padStart(5)} | ${passed ? "passed" : "FAILED"} |`,
  );
  for (const note of notes) console.log(`    ${note}`);
}

// npm run lanes
process.exitCode = main(process.argv.slice(2));
