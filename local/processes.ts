import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { basename } from "node:path";
import { finished } from "node:stream/promises";
import { stripVTControlCharacters } from "node:util";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The file that all it prints goes to. */
  readonly log: string;
  /** Is told its process group. */
  readonly started?: (group: number) => void;
  /** Interrupts it; it may then end properly. */
  readonly stop: AbortSignal;
}

export interface Result {
  readonly ok: boolean;
  /** What it printed, without colours. */
  readonly output: string;
}

/**
 * Runs a program to its end. It is out of the terminal's reach, so that Ctrl-C comes to us alone, and we pass it on.
 * @throws the reason of `stop`, when that came first
 */
export async function run(command: string, args: string[], options: RunOptions): Promise<Result> {
  const { cwd, env, log, started, stop } = options;
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
    });
  }
  const interrupt = () => {
    // cdktf would cut its Terraform off, and what that has made would be in no state: it must be asked itself.
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
 * Waits until a process has ended, and ends it and its group the hard way if that takes too long.
 * @param signal what asks it to; without one it has been asked already
 */
export async function endGroup(child: ChildProcess, signal?: NodeJS.Signals, patience = 30_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (signal) signalGroup(child, signal);
  const kill = setTimeout(() => signalGroup(child, "SIGKILL"), patience);
  await exitOf(child);
  clearTimeout(kill);
}

/** Waits for a process to end: its exit code, or null when a signal ended it. */
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

/** The processes below one; none where there is no `ps`. */
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
