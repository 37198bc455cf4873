import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localPath, ROOT } from "./local-folder";
import type { Python } from "./prerequisites";
import { Problem } from "./problem";
import { type Result, run } from "./processes";

/** A program of Python's package index, which gets a virtual environment of its own. */
export interface PythonProgram {
  /** As in "Installing the emulator". */
  readonly name: string;
  /** How long its installation takes. */
  readonly takes: string;
  /** The file of its packages, below the project's folder. */
  readonly requirements: string;
  /** The name of its virtual environment in `.local`. */
  readonly venv: string;
}

export const EMULATOR: PythonProgram = {
  name: "the emulator",
  takes: "about ten seconds",
  requirements: "local/requirements.txt",
  venv: "venv",
};

/**
 * The Python of a program's virtual environment. Creates the environment if it is missing, incomplete, or has other
 * versions.
 * @throws Problem when the packages cannot be installed
 */
export async function prepareVenv(program: PythonProgram, python: Python, stop: AbortSignal): Promise<string> {
  // All local folders share it, because the installation is the slowest part of a first start.
  const folder = join(ROOT, ".local", program.venv);
  const own = join(folder, "bin", "python");
  // This file is written last, so an environment without it is incomplete.
  const mark = join(folder, "made-of");
  const wanted = madeOf(program, python);
  if (existsSync(own) && existsSync(mark) && readFileSync(mark, "utf8") === wanted) return own;

  console.log(`Installing ${program.name} (once, ${program.takes}) ...`);
  rmSync(folder, { recursive: true, force: true });
  const log = localPath("logs", "install.log");
  const make = await run(python.command, ["-m", "venv", folder], { log, stop });
  if (!make.ok) throw notInstalled(program, make, log);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input"];
  const install = await run(own, [...pip, "--require-hashes", "-r", join(ROOT, program.requirements)], { log, stop });
  if (!install.ok) throw notInstalled(program, install, log);
  writeFileSync(mark, wanted);
  return own;
}

/** Identifies the Python and the packages. If it changes, the environment is created again. */
function madeOf({ requirements }: PythonProgram, { command, version }: Python): string {
  const hash = createHash("sha256")
    .update(readFileSync(join(ROOT, requirements)))
    .digest("hex");
  return `${command} ${version}\n${requirements} ${hash}\n`;
}

function notInstalled({ name }: PythonProgram, { output }: Result, log: string): Problem {
  const reason = output.match(/^ERROR: .*/gm)?.at(-1) ?? output.trim().split("\n").at(-1);
  return new Problem(`The Python packages of ${name} could not be installed: ${reason}\nThe whole log is ${log}.`);
}
