import { Problem } from "./problem";

export interface Ports {
  /** The port of the gateway, which all programs use. */
  readonly port: number;
  /** The port of the page. */
  readonly webPort: number;
}

/**
 * The ports that the environment variables LOCAL_PORT and LOCAL_WEB_PORT name, or their defaults.
 * @throws Problem naming the variable, its value and what is allowed
 */
export function readPorts(variables: NodeJS.ProcessEnv): Ports {
  const port = portFrom(variables, "LOCAL_PORT") ?? 4566;
  const webPort = portFrom(variables, "LOCAL_WEB_PORT") ?? 5173;
  if (webPort === port) {
    throw new Problem(`LOCAL_WEB_PORT is "${webPort}", but LOCAL_PORT is the same port: choose another one.`);
  }
  return { port, webPort };
}

/** The address of the local cloud for programs. */
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
