import { type Environment, environments } from "../lib/environments";

/**
 * The environment that an option names.
 * @throws the error that `usage` makes of a sentence
 */
export function environmentNamed(name: string | undefined, usage: (sentence: string) => Error): Environment {
  // Ignore the variable ENVIRONMENT, which selects environments for synthesis.
  const all = environments({ ...process.env, ENVIRONMENT: undefined });
  const names = all.map((environment) => environment.name).join(", ");
  if (name === undefined) throw usage(`--environment is missing: it must be one of ${names}`);
  const environment = all.find((one) => one.name === name);
  if (!environment) throw usage(`--environment is "${name}", but the environments are ${names}`);
  return environment;
}
