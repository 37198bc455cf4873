import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { coerce, satisfies } from "semver";
import { loopbackAddresses } from "../gateway/http/listen";
import { Problem } from "./problem";
import { withoutCloudVariables } from "./shell-variables";

/** As in package.json. Older versions cannot build the page. */
export const NODE_VERSIONS = ">=20.19";
/** Older versions cannot lock the state with a file in S3. */
export const TERRAFORM_VERSIONS = ">=1.10";
/** The versions that the emulator needs. */
export const PYTHON_VERSIONS = ">=3.10";

/** On macOS, `python3` may be an old one of the system, and a newer one may have the version in its name. */
const PYTHONS = ["python3", "python", ...[14, 13, 12, 11, 10].map((minor) => `python3.${minor}`)];

export interface Python {
  readonly command: string;
  readonly version: string;
}

/** Whether a version, as a program prints it, is in the range. */
export function isVersion(version: string, range: string): boolean {
  const found = coerce(version);
  return found !== null && satisfies(found, range);
}

/** @throws Problem when this Node.js is too old for the project */
export function requireNode(version = process.version): void {
  if (isVersion(version, NODE_VERSIONS)) return;
  throw new Problem(
    `Node.js ${version} is too old: install version ${NODE_VERSIONS.slice(">=".length)} or newer from https://nodejs.org.`,
  );
}

/** @throws Problem when there is no Terraform on the path, or an old one */
export function requireTerraform(): void {
  const { status, stdout } = ask("terraform", ["version", "-json"]);
  if (status !== 0) {
    throw new Problem(
      "Terraform is not on the PATH: install version 1.10 or newer from https://developer.hashicorp.com/terraform/install.",
    );
  }
  const version = versionOf(stdout);
  if (!isVersion(version, TERRAFORM_VERSIONS)) {
    throw new Problem(
      `Terraform ${version} is too old: install version 1.10 or newer from https://developer.hashicorp.com/terraform/install.`,
    );
  }
}

/** Terraform before 0.13 does not know `-json`, and prints a line of text. */
function versionOf(answer: string): string {
  try {
    return JSON.parse(answer).terraform_version;
  } catch {
    return coerce(answer)?.version ?? "of an unknown version";
  }
}

/**
 * The first Python that the emulator can use.
 * @throws Problem when there is none, or only an old one, or one that cannot create virtual environments
 */
export function findPython(): Python {
  let old: string | undefined;
  for (const name of PYTHONS) {
    const { status, stdout } = ask(name, [
      "-c",
      "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3]); sys.stdout.flush(); import ensurepip, venv",
    ]);
    const [command, version] = stdout.trim().split(/\r?\n/);
    if (!command || !version) continue;
    if (!isVersion(version, PYTHON_VERSIONS)) {
      old ??= version;
    } else if (status !== 0) {
      throw new Problem(
        `Python ${version} (${command}) has no venv module: install it, on Debian and Ubuntu with "apt install python3-venv".`,
      );
    } else {
      return { command, version };
    }
  }
  throw new Problem(
    old === undefined
      ? "Python is not on the PATH: install version 3.10 or newer from https://www.python.org/downloads."
      : `Python ${old} is too old: install version 3.10 or newer from https://www.python.org/downloads.`,
  );
}

/** @throws Problem when another program uses the port */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  try {
    for (const host of loopbackAddresses()) await freePort(port, host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Problem(
      code === "EADDRINUSE"
        ? `Port ${port} is in use: stop the program that uses it, or set ${variable} to another port.`
        : `Port ${port} cannot be used (${code}): set ${variable} to another port.`,
    );
  }
}

/** Returns the port if it is free, and for 0 a free port. Rejects if the port is in use. */
export function freePort(port = 0, host = "127.0.0.1"): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      const found = typeof address === "object" && address ? address.port : port;
      server.close(() => resolve(found));
    });
  });
}

function ask(command: string, args: string[]): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    // A wrong CLI configuration would stop Terraform, although it is not needed here.
    env: { ...withoutCloudVariables(process.env), CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "" },
    timeout: 30_000,
  });
  return { status, stdout: stdout ?? "" };
}
