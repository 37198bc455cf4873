import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Outputs } from "../../local/outputs";
import { freePort } from "../../local/prerequisites";
import { ROOT } from "../checkout";

/** A local cloud of a trial's own, which may be killed and started again. */
export class OwnCloud {
  private child: ChildProcess | undefined;
  private readonly folder: string;

  constructor(name: string) {
    this.folder = join(".local", "trials", name);
  }

  async start({ fresh }: { fresh: boolean }): Promise<Outputs> {
    const [LOCAL_PORT, LOCAL_WEB_PORT] = [String(await freePort()), String(await freePort())];
    const args = ["--import", "tsx", "local/main.ts", ...(fresh ? ["--fresh"] : [])];
    const env = { ...process.env, LOCAL_DIR: this.folder, LOCAL_PORT, LOCAL_WEB_PORT };
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "inherit", "inherit"] });
    this.child = child;
    const file = join(ROOT, this.folder, "outputs.json");
    // What a killed one has left says where that was.
    while (!(existsSync(file) && readFileSync(file, "utf8").includes(`:${LOCAL_PORT}"`))) {
      if (child.exitCode !== null) throw new Error("The local cloud did not start: it says why above.");
      await sleep(200);
    }
    return JSON.parse(readFileSync(file, "utf8"));
  }

  /** The processes: the gateway is in the one that was started, and the emulator is its child. */
  processes(): { gateway: number; emulator: number } {
    const gateway = this.child?.pid ?? 0;
    const all = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
    const found = [...all.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*)$/gm)].find(
      ([, , parent, args]) => Number(parent) === gateway && args?.includes("emulator.py"),
    );
    return { gateway, emulator: Number(found?.[1]) };
  }

  /** The memory of both, in MB. */
  memory(): { gateway: number; emulator: number } {
    const { gateway, emulator } = this.processes();
    const of = (pid: number) =>
      Math.round(Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024);
    return { gateway: of(gateway), emulator: of(emulator) };
  }

  /** Kills one of the processes, and waits until both are gone. */
  async kill(which: "gateway" | "emulator"): Promise<void> {
    const pids = Object.values(this.processes());
    process.kill(this.processes()[which], "SIGKILL");
    while (pids.some(runs)) await sleep(100);
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    await ended;
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
