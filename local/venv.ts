import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Python } from "./prerequisites";
import { Problem } from "./problem";
import { type Result, run } from "./processes";
import { ROOT, scratch } from "./scratch";

const REQUIREMENTS = join(__dirname, "requirements.txt");

/**
 * The Python of the emulator's own environment, which is made when it is not there, not whole or of other versions.
 * @throws Problem when the packages are not to be had
 */
export async function prepareVenv(python: Python, stop: AbortSignal): Promise<string> {
  // The same for every LOCAL_DIR: it is the slowest part of a first start.
  const folder = join(ROOT, ".local", "venv");
  const own = join(folder, "bin", "python");
  // Written last, so that an environment without it is half made.
  const mark = join(folder, "made-of");
  const wanted = madeOf(python);
  if (existsSync(own) && existsSync(mark) && readFileSync(mark, "utf8") === wanted) return own;

  console.log("Installing the emulator (once, about ten seconds) ...");
  rmSync(folder, { recursive: true, force: true });
  const log = scratch("logs", "install.log");
  const make = await run(python.command, ["-m", "venv", folder], { log, stop });
  if (!make.ok) throw notInstalled(make, log);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input"];
  const install = await run(own, [...pip, "--require-hashes", "-r", REQUIREMENTS], { log, stop });
  if (!install.ok) throw notInstalled(install, log);
  writeFileSync(mark, wanted);
  return own;
}

/** What decides whether an environment still serves. */
function madeOf({ command, version }: Python): string {
  const requirements = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex");
  return `${command} ${version}\nlocal/requirements.txt ${requirements}\n`;
}

function notInstalled({ output }: Result, log: string): Problem {
  const reason = output.match(/^ERROR: .*/gm)?.at(-1) ?? output.trim().split("\n").at(-1);
  return new Problem(`The emulator's Python packages could not be installed: ${reason}\nThe whole log is ${log}.`);
}
