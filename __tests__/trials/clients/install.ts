import { spawn } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { findPython } from "../../../local/prerequisites";
import type { Client } from "./clients";

const PROGRAMS = join(__dirname, "programs");

interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** Runs a program to its end, and gives what it printed. */
export async function output(
  { command, args }: Program,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ printed: string; errors: string; code: number | null }> {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [printed, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { printed, errors, code };
}

async function succeed(program: Program, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { printed, errors, code } = await output(program, cwd, env);
  if (code !== 0)
    throw new Error(`${program.command} ${program.args.join(" ")} ended with ${code}:\n${printed}${errors}`);
}

/**
 * Installs a client into an empty folder, with its program. Registries are those that this machine is set up for.
 * @returns how the program is started there
 */
export async function install(client: Client, folder: string): Promise<Program> {
  const { env } = process;
  cpSync(PROGRAMS, folder, { recursive: true });
  const program = join(folder, client.program);
  if (client.from === "npm") {
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    const options = ["--ignore-scripts", "--no-audit", "--no-fund"];
    await succeed({ command: "npm", args: ["install", ...options, ...client.packages] }, folder, env);
    return { command: process.execPath, args: [program] };
  }
  if (client.from === "PyPI") {
    const venv = join(folder, "venv");
    const python = join(venv, "bin", "python");
    await succeed({ command: findPython().command, args: ["-m", "venv", venv] }, folder, env);
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input"];
    await succeed({ command: python, args: [...pip, ...client.packages] }, folder, env);
    return client.program.endsWith(".sh") ? { command: "bash", args: [program] } : { command: python, args: [program] };
  }
  // Go's own folders are there, too, and may be deleted.
  const [GOPATH, GOCACHE] = [join(folder, "modules"), join(folder, "built")];
  const variables = { ...env, GOPATH, GOMODCACHE: join(GOPATH, "pkg", "mod"), GOCACHE, GOFLAGS: "-modcacherw" };
  await succeed({ command: "go", args: ["build", "-o", "walk", "."] }, program, variables);
  return { command: join(program, "walk"), args: [] };
}
