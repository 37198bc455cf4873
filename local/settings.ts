import { Problem } from "./problem";

/** The only account of the local cloud, and where it says that it is; the `local` environment names the same. */
export const ACCOUNT = "000000000000";
export const REGION = "eu-west-1";

/** Its stacks, in the order in which they need each other. */
export const STATE_STACK = "state-local";
export const IDENTITY_STACK = "identity-local";

export interface Settings {
  /** The port that people and programs use. */
  readonly port: number;
  /**
   * The port of the emulator behind it.
   * @default a free one, chosen at each start
   */
  readonly emulatorPort?: number;
  /** The port that the page is at. */
  readonly webPort: number;
}

/**
 * What the environment variables say.
 * @throws Problem naming the variable, its value and what is allowed
 */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const port = portFrom(variables, "LOCAL_PORT") ?? 4566;
  const emulatorPort = portFrom(variables, "LOCAL_EMULATOR_PORT");
  const webPort = portFrom(variables, "LOCAL_WEB_PORT") ?? 5173;
  const ports = { LOCAL_PORT: port, LOCAL_EMULATOR_PORT: emulatorPort, LOCAL_WEB_PORT: webPort };
  requireDifferent(Object.entries(ports));
  return { port, emulatorPort, webPort };
}

function requireDifferent(ports: [variable: string, port: number | undefined][]): void {
  for (const [index, [variable, port]] of ports.entries()) {
    const [other] = ports.slice(0, index).find(([, taken]) => taken !== undefined && taken === port) ?? [];
    if (other) throw new Problem(`${variable} is "${port}", but that is ${other}'s: they must be two ports.`);
  }
}

function portFrom(variables: NodeJS.ProcessEnv, name: string): number | undefined {
  const value = variables[name];
  if (value === undefined || value === "") return undefined;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > 65535) {
    throw new Problem(`${name} is "${value}", but it must be a port number from 1 to 65535.`);
  }
  return port;
}
