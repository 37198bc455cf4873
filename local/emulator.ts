import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EmulatorAgent } from "../gateway/emulator/agent";
import { ask } from "../gateway/emulator/forward";
import { Problem } from "./problem";
import { endGroup, exitOf } from "./processes";
import { SCRATCH, scratch } from "./scratch";
import { endpointAt, REGION } from "./settings";

export interface EmulatorOptions {
  /** The Python that has MiniStack. */
  readonly python: string;
  /** The gateway's port, where functions and the addresses that the emulator makes lead to. */
  readonly port: number;
  /** Is told when the emulator ends by itself. */
  readonly stop: AbortController;
}

/** Names the deployment that is under way, or was when it was cut off: `emulator.py` knows what to do about it. */
export function deploymentMark(): string {
  return scratch("emulator", "deployment");
}

/** The name of the emulator's socket file, in its folder. */
const SOCKET = "socket";

/** The longest path that a socket may have, in bytes, on macOS. */
const LONGEST_PATH = 103;

/**
 * The file that the emulator listens on, instead of a port: a browser cannot reach it, nor another user of this machine.
 * @throws Problem when its path is too long for a socket
 */
export function socketPath(): string {
  const full = scratch("emulator", SOCKET);
  const shorter = relative(process.cwd(), full);
  const path = shorter.length < full.length ? shorter : full;
  const bytes = Buffer.byteLength(path);
  if (bytes <= LONGEST_PATH) return path;
  throw new Problem(
    `LOCAL_DIR is "${SCRATCH}", which is ${bytes - LONGEST_PATH} bytes too long: choose a folder with a shorter path.`,
  );
}

/** MiniStack, the AWS around Cognito's users. */
export class Emulator {
  private ending = false;

  private constructor(
    /** The file that it listens on. */
    readonly socket: string,
    private readonly child: ChildProcess,
  ) {}

  /** @throws Problem when it does not come up */
  static async start(options: EmulatorOptions): Promise<Emulator> {
    const { python, port, stop } = options;
    const socket = socketPath();
    // A killed emulator may still answer there for a moment.
    rmSync(socket, { force: true });
    rmSync(deploymentMark(), { force: true });
    const log = scratch("logs", "emulator.log");
    const logFile = openSync(log, "w");
    const child = spawn(python, [join(__dirname, "emulator.py")], {
      cwd: scratchFolder("emulator"),
      env: emulatorEnvironment(port),
      // Out of the terminal's reach: it must outlive the deployment that Ctrl-C interrupts.
      detached: true,
      stdio: ["pipe", logFile, logFile],
    });
    closeSync(logFile);
    const emulator = new Emulator(socket, child);
    exitOf(child).then(
      () => emulator.ending || stop.abort(new Problem(endedByItself(log))),
      (error) => stop.abort(error),
    );
    try {
      await emulator.ready(stop.signal);
    } catch (error) {
      await emulator.stop();
      throw error;
    }
    return emulator;
  }

  /** Writes what it holds to disk, which else it does when it ends. From then on it also writes each change of a table. */
  save(): void {
    this.child.kill("SIGUSR1");
  }

  /** Ends it; it saves its state, and with much in its tables that takes a while. */
  async stop(): Promise<void> {
    this.ending = true;
    this.child.stdin?.end();
    await endGroup(this.child, undefined, 90_000);
  }

  private async ready(stop: AbortSignal): Promise<void> {
    const agent = new EmulatorAgent(this.socket);
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
      stop.throwIfAborted();
      const answer = await ask(agent, "/_ministack/ready").catch(() => undefined);
      if (answer?.status === 200) return agent.destroy();
    }
    throw new Problem("The emulator did not become ready within a minute.");
  }
}

/** Nothing but what it needs: it hands all of it to the functions. */
function emulatorEnvironment(port: number): NodeJS.ProcessEnv {
  rmSync(scratch("emulator", "tmp"), { recursive: true, force: true });
  return {
    // The functions run in the Node that runs us.
    PATH: [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
    HOME: scratchFolder("emulator"),
    TMPDIR: scratchFolder("emulator", "tmp"),
    SOCKET,
    GATEWAY_PORT: String(port),
    AUTH: "true",
    LAMBDA_EXECUTOR: "local",
    PERSIST_STATE: "1",
    STATE_DIR: scratchFolder("emulator", "state"),
    S3_PERSIST: "1",
    S3_DATA_DIR: scratchFolder("emulator", "s3"),
    MINISTACK_REGION: REGION,
    AWS_ENDPOINT_URL: endpointAt(port),
    // More would put addresses of users into its log.
    LOG_LEVEL: "WARNING",
    SFTP_ENABLED: "0",
    IOT_MTLS_ENABLED: "0",
  };
}

function scratchFolder(...path: string[]): string {
  const folder = scratch(...path);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function endedByItself(log: string): string {
  const lines = readFileSync(log, "utf8").trim().split("\n").slice(-5).join("\n");
  return `The emulator ended by itself. Its log, ${log}, ends with:\n${lines}`;
}
