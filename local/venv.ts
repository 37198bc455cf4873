import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localPath, ROOT } from "./local-folder";
import type { Python } from "./prerequisites";
import { Problem } from "./problem";
import { type Result, run } from "./processes";

const REQUIREMENTS = join(__dirname, "requirements.txt");

/**
 * The Python of the emulator's virtual environment. Creates the environment if it is missing, incomplete, or has other
 * versions.
 * @throws Problem when the packages cannot be installed
 */
export async function prepareVenv(python: Python, stop: AbortSignal): Promise<string> {
  // All local folders share it, because the installation is the slowest part of a first start.
  const folder = join(ROOT, ".local", "venv");
  const own = join(folder, "bin", "python");
  // This file is written last, so an environment without it is incomplete.
  const mark = join(folder, "made-of");
  const wanted = madeOf(python);
  if (existsSync(own) && existsSync(mark) && readFileSync(mark, "utf8") === wanted) return own;

  console.log("Installing the emulator (once, about ten seconds) ...");
  rmSync(folder, { recursive: true, force: true });
  const log = localPath("logs", "install.log");
  const make = await run(python.command, ["-m", "venv", folder], { log, stop });
  if (!make.ok) throw notInstalled(make, log);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input"];
  const install = await run(own, [...pip, "--require-hashes", "-r", REQUIREMENTS], { log, stop });
  if (!install.ok) throw notInstalled(install, log);
  writeFileSync(mark, wanted);
  return own;
}

/** Identifies the Python and the packages. If it changes, the environment is created again. */
function madeOf({ command, version }: Python): string {
  const requirements = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex");
  return `${command} ${version}\nlocal/requirements.txt ${requirements}\n`;
}

function notInstalled({ output }: Result, log: string): Problem {
  const reason = output.match(/^ERROR: .*/gm)?.at(-1) ?? output.trim().split("\n").at(-1);
  return new Problem(`The emulator's Python packages could not be installed: ${reason}\nThe whole log is ${log}.`);
}
