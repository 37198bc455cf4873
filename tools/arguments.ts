import { type ParseArgsConfig, parseArgs } from "node:util";

/**
 * Reads the arguments of a command.
 * @throws the error that `usage` makes of a sentence about a wrong one
 */
export function parseArguments<Config extends ParseArgsConfig>(config: Config, usage: (sentence: string) => Error) {
  try {
    return parseArgs(config);
  } catch (error) {
    // Use only the first sentence of Node's message: the rest is advice that does not fit here.
    const [sentence = ""] = (error as Error).message.split(/\.\s/);
    throw usage(sentence);
  }
}

/**
 * The command that the arguments begin with, and what comes after it.
 * @param commands what each command takes, in words such as "a name"
 * @throws the error that `usage` makes of a sentence about a wrong one
 */
export function commandIn<Name extends string>(
  [command, ...operands]: readonly string[],
  commands: Readonly<Record<Name, readonly string[]>>,
  usage: (sentence: string) => Error,
): { command: Name; operands: string[] } {
  const isCommand = (name: string): name is Name => Object.hasOwn(commands, name);
  const allowed = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(Object.keys(commands));
  if (command === undefined) throw usage(`The command is missing: it must be ${allowed}`);
  if (!isCommand(command)) throw usage(`The command is "${command}", but it must be ${allowed}`);
  return { command, operands };
}

/** @throws the error that `usage` makes where a command got more or less than it takes */
export function requireOperands(
  { command, operands }: { readonly command: string; readonly operands: readonly string[] },
  wanted: readonly string[],
  usage: (sentence: string) => Error,
): void {
  if (operands.length === wanted.length) return;
  const got = operands.map((operand) => `"${operand}"`).join(" ") || "none";
  throw usage(`${command} takes ${wanted.join(" and ") || "nothing else"}, but got ${got}`);
}
