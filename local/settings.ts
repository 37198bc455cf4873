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
  /** The port that the page is at. */
  readonly webPort: number;
}

/**
 * What the environment variables say.
 * @throws Problem naming the variable, its value and what is allowed
 */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const port = portFrom(variables, "LOCAL_PORT") ?? 4566;
  const webPort = portFrom(variables, "LOCAL_WEB_PORT") ?? 5173;
  if (webPort === port) {
    throw new Problem(`LOCAL_WEB_PORT is "${webPort}", but that is LOCAL_PORT's: they must be two ports.`);
  }
  return { port, webPort };
}

/** What the local cloud is reached at. */
export const endpointAt = (port: number) => `http://127.0.0.1:${port}`;

function portFrom(variables: NodeJS.ProcessEnv, name: string): number | undefined {
  const value = variables[name];
  if (value === undefined || value === "") return undefined;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > 65535) {
    throw new Problem(`${name} is "${value}", but it must be a port number from 1 to 65535.`);
  }
  return port;
}
