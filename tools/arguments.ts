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
