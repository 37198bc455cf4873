import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { basename } from "node:path";
import { finished } from "node:stream/promises";
import { stripVTControlCharacters } from "node:util";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The file to which the output is written. */
  readonly log: string;
  /** Called with each part of the output, as it comes. */
  readonly show?: (text: string) => void;
  /** Called with the process group of the program. */
  readonly started?: (group: number) => void;
  /** Interrupts the program, which can then end in order. */
  readonly stop: AbortSignal;
}

export interface Result {
  readonly ok: boolean;
  /** The output, without colours. */
  readonly output: string;
}

/**
 * Runs a program to its end. The program has a process group of its own, so a Ctrl-C in the terminal does not reach it.
 * Only `stop` interrupts it.
 * @throws the reason of `stop`, if that comes first
 */
export async function run(command: string, args: string[], options: RunOptions): Promise<Result> {
  const { cwd, env, log, show, started, stop } = options;
  stop.throwIfAborted();
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.pid !== undefined) started?.(child.pid);
  const file = createWriteStream(log);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      file.write(text);
      show?.(text);
    });
  }
  const interrupt = () => {
    // cdktf would kill its Terraform, and new resources would be in no state. So Terraform itself is interrupted.
    const terraform = descendants(child.pid).filter(({ name }) => name === "terraform");
    for (const { pid } of terraform) process.kill(pid, "SIGINT");
    void endGroup(child, terraform.length > 0 ? undefined : "SIGINT");
  };
  stop.addEventListener("abort", interrupt, { once: true });
  try {
    const code = await exitOf(child);
    stop.throwIfAborted();
    return { ok: code === 0, output: stripVTControlCharacters(output) };
  } finally {
    stop.removeEventListener("abort", interrupt);
    file.end();
    await finished(file);
  }
}

/**
 * Waits until a process has ended. If that takes too long, kills the process and its group.
 * @param signal sent first. Without it, the process must already have been asked to end
 * @param patience how long to wait, in milliseconds
 */
export async function endGroup(child: ChildProcess, signal?: NodeJS.Signals, patience = 30_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (signal) signalGroup(child, signal);
  const kill = setTimeout(() => signalGroup(child, "SIGKILL"), patience);
  await exitOf(child);
  clearTimeout(kill);
}

/** Waits for a process to end. Resolves to its exit code, or to null if a signal ended it. */
export function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
    child.once("close", resolve).once("error", reject);
  });
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The processes that a process has started, and those that they have started. Empty if there is no `ps`. */
function descendants(parent: number | undefined): { pid: number; name: string }[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
  const all = [...(stdout ?? "").matchAll(/^\s*(\d+)\s+(\d+)\s+(.+)$/gm)].map(([, pid, ppid, command = ""]) => ({
    pid: Number(pid),
    ppid: Number(ppid),
    name: basename(command.trim()),
  }));
  const below = (pid: number | undefined): typeof all =>
    all.filter(({ ppid }) => ppid === pid).flatMap((child) => [child, ...below(child.pid)]);
  return below(parent);
}
