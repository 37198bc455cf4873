import { spawn } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { publishedEnvironment } from "../../local/outputs";
import { checkout, ROOT } from "../checkout";

type Changes = Parameters<typeof checkout>[0];

/** Runs the real cdktf in a changed checkout, on the tests' local cloud. */
export async function cdktf(changes: Changes, args: string[]): Promise<{ code: number; output: string }> {
  const { folder, remove } = checkout(changes);
  try {
    return await run(join(ROOT, "node_modules/.bin/cdktf"), [...args, "--skip-provider-lock"], folder);
  } finally {
    remove();
  }
}

/** Runs a program to its end, on the tests' local cloud. */
export function run(command: string, args: string[], cwd: string, variables: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number; output: string }>((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...publishedEnvironment(), ...variables },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        output += data;
      });
    }
    // For example, there is no such folder.
    child.on("error", fail);
    child.on("close", (code) => done({ code: code ?? 1, output: stripVTControlCharacters(output) }));
  });
}

/** The output of a program that must succeed. */
export async function succeed(program: ReturnType<typeof run>): Promise<string> {
  const { code, output } = await program;
  if (code !== 0) throw new Error(`It ended with ${code}:\n${output}`);
  return output;
}

/** The changes of a plan that `terraform show -json` prints, as `update aws_cognito_user_pool.staff_pool_6B267752`. */
export function changesIn(plan: string): string[] {
  const changes: { address: string; change: { actions: string[] } }[] = JSON.parse(plan).resource_changes;
  return changes
    .filter(({ change }) => !["no-op", "read"].includes(change.actions[0] ?? ""))
    .map(({ address, change }) => `${change.actions.join(" and ")} ${address}`);
}

const tool =
  (name: string) =>
  (...args: string[]) =>
    succeed(run(process.execPath, ["--import", "tsx", `tools/${name}.ts`, ...args, "--environment", "local"], ROOT));

/** What `npm run blocks` runs, on the tests' local cloud. */
export const blocks = tool("blocks");

/** What `npm run duplicates` runs, there. */
export const duplicates = tool("duplicates");
