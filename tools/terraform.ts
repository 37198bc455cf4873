import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Problem } from "../local/problem";

/** Variables with which Terraform would work elsewhere, or with other arguments. */
const MISLEADING = /^TF_(CLI_ARGS|DATA_DIR$|WORKSPACE$|VAR_|INPUT$|LOG_PATH$)/;

/**
 * The shell's variables without those, and with the cache of providers that cdktf uses, so that nothing is downloaded
 * twice.
 */
export function terraformVariables(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !MISLEADING.test(name));
  const env: NodeJS.ProcessEnv = { ...Object.fromEntries(own), TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
  if (env.TF_PLUGIN_CACHE_DIR || env.CDKTF_DISABLE_PLUGIN_CACHE_ENV) return env;
  const cache = join(homedir(), ".terraform.d", "plugin-cache");
  mkdirSync(cache, { recursive: true });
  // Without this, Terraform uses the cache only if a lock file says what must be in it.
  return { ...env, TF_PLUGIN_CACHE_DIR: cache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" };
}

/** The program that cdktf runs, too. */
export const terraformProgram = () => process.env.TERRAFORM_BINARY_NAME || "terraform";

/** The JSON in what `terraform show -json` printed. Warnings of Terraform can come first. */
export const shownJson = (output: string) => output.slice(output.indexOf('{"format_version"'));

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end.
 * @throws Problem when it cannot be started
 */
export function runProgram(program: string, args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.setEncoding("utf8").on("data", (text: string) => out.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => err.push(text));
    child.on("error", (error: NodeJS.ErrnoException) => {
      reject(new Problem(`${program} cannot be started: ${error.code ?? error.message}.`));
    });
    child.on("close", (code) => resolve({ code: code ?? 1, stdout: out.join(""), stderr: err.join("") }));
  });
}
