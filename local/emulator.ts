import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EmulatorAgent } from "../gateway/emulator/agent";
import { ask } from "../gateway/emulator/forward";
import { REGION } from "./identifiers";
import { LOCAL_FOLDER, localPath } from "./local-folder";
import { endpointAt } from "./ports";
import { Problem } from "./problem";
import { endGroup, exitOf } from "./processes";

export interface EmulatorOptions {
  /** The Python in which MiniStack is installed. */
  readonly python: string;
  /** The gateway's port. Functions, and addresses that the emulator makes, use it. */
  readonly port: number;
  /** Aborted if the emulator ends unexpectedly. */
  readonly stop: AbortController;
}

/** A file that exists while a deployment runs, and after it was interrupted. `emulator.py` reads it too. */
export function deploymentMark(): string {
  return localPath("emulator", "deployment");
}

/** The name of the emulator's socket file, in its folder. */
const SOCKET = "socket";

/** The longest path that a socket may have, in bytes, on macOS. */
const LONGEST_PATH = 103;

/**
 * The socket file that the emulator listens on. Unlike a port, it cannot be reached by browsers and by other users of
 * this machine.
 * @throws Problem when its path is too long for a socket
 */
export function socketPath(): string {
  const full = localPath("emulator", SOCKET);
  const shorter = relative(process.cwd(), full);
  const path = shorter.length < full.length ? shorter : full;
  const bytes = Buffer.byteLength(path);
  if (bytes <= LONGEST_PATH) return path;
  throw new Problem(
    `LOCAL_DIR is "${LOCAL_FOLDER}", which is ${bytes - LONGEST_PATH} bytes too long: choose a folder with a shorter path.`,
  );
}

/** MiniStack, the emulator of AWS. It serves everything but Cognito's users. */
export class Emulator {
  private ending = false;

  private constructor(
    /** The socket file that it listens on. */
    readonly socket: string,
    private readonly child: ChildProcess,
  ) {}

  /** @throws Problem when it does not start */
  static async start(options: EmulatorOptions): Promise<Emulator> {
    const { python, port, stop } = options;
    const socket = socketPath();
    // An emulator that was killed may still answer there for a moment.
    rmSync(socket, { force: true });
    rmSync(deploymentMark(), { force: true });
    const log = localPath("logs", "emulator.log");
    const logFile = openSync(log, "w");
    const child = spawn(python, [join(__dirname, "emulator.py")], {
      cwd: localFolder("emulator"),
      env: emulatorEnvironment(port),
      // Ctrl-C in the terminal must not end it: it must run until the interrupted deployment has ended.
      detached: true,
      stdio: ["pipe", logFile, logFile],
    });
    closeSync(logFile);
    const emulator = new Emulator(socket, child);
    exitOf(child).then(
      () => emulator.ending || stop.abort(new Problem(endedUnexpectedly(log))),
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

  /** Makes it write its state to disk now. From then on, it also writes each change of a table. */
  save(): void {
    this.child.kill("SIGUSR1");
  }

  /** Ends it. It first saves its state, which takes a while if its tables are large. */
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

/** Only what it needs, because it gives all its variables to the functions. */
function emulatorEnvironment(port: number): NodeJS.ProcessEnv {
  rmSync(localPath("emulator", "tmp"), { recursive: true, force: true });
  return {
    // The functions run in the same Node as this program.
    PATH: [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
    HOME: localFolder("emulator"),
    TMPDIR: localFolder("emulator", "tmp"),
    SOCKET,
    GATEWAY_PORT: String(port),
    AUTH: "true",
    LAMBDA_EXECUTOR: "local",
    PERSIST_STATE: "1",
    STATE_DIR: localFolder("emulator", "state"),
    S3_PERSIST: "1",
    S3_DATA_DIR: localFolder("emulator", "s3"),
    MINISTACK_REGION: REGION,
    AWS_ENDPOINT_URL: endpointAt(port),
    // With more, addresses of users would be in its log.
    LOG_LEVEL: "WARNING",
    SFTP_ENABLED: "0",
    IOT_MTLS_ENABLED: "0",
  };
}

function localFolder(...path: string[]): string {
  const folder = localPath(...path);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function endedUnexpectedly(log: string): string {
  const lines = readFileSync(log, "utf8").trim().split("\n").slice(-5).join("\n");
  return `The emulator ended unexpectedly. Its log, ${log}, ends with:\n${lines}`;
}
