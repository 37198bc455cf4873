import type { Environment } from "../lib/environments";
import { commandIn, parseArguments, requireOperands } from "./arguments";
import { InputError } from "./block-entries";
import { environmentNamed } from "./environment-named";

export const HELP = `The doors of a person: the password, and the people at identity providers who sign in with the same profile
(docs/federation.md)

  npm run doors -- list <name> --environment <name>
      Show the profiles of whoever has this name, and how each can be signed in with.
  npm run doors -- unlink <name> <door> --environment <name>
      Take a door from the one profile that has this name, and end the person's tokens. If the provider is
      trusted for the address, the next sign-in there links it again: block the person there to keep them out.

  <name>   a user name, sub, address or phone number
  <door>   as list shows it: <Provider>_<subject>
  --json   Print JSON, one object a line
  --help   Print this

  Exit codes: 0 success; 1 AWS refused or failed; 2 wrong arguments, nothing was changed.`;

/** What each command takes besides the options. */
const COMMANDS = { list: ["a name"], unlink: ["a name", "a door"] } as const;

export interface DoorsLine {
  readonly command: keyof typeof COMMANDS;
  readonly operands: readonly string[];
  readonly environment: Environment;
  readonly json: boolean;
}

/**
 * Reads the arguments. Returns undefined for --help.
 * @throws InputError or SettingsError whose message says in one sentence what is wrong
 */
export function readDoorsLine(args: string[]): DoorsLine | undefined {
  const options = {
    environment: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  const { values, positionals } = parseArguments({ args, options, allowPositionals: true }, usage);
  if (values.help) return undefined;
  const line = commandIn(positionals, COMMANDS, usage);
  requireOperands(line, COMMANDS[line.command], usage);
  return { ...line, environment: environmentNamed(values.environment, usage), json: values.json };
}

const usage = (sentence: string) => new InputError(`${sentence}; npm run doors -- --help says more.`);
