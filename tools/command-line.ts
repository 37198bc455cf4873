import type { Environment } from "../lib/environments";
import { commandIn, parseArguments, requireOperands } from "./arguments";
import { InputError } from "./block-entries";
import { environmentNamed } from "./environment-named";

export const HELP = `The block list of an environment: users and domains that may not sign up or sign in (docs/blocks.md)

  npm run blocks -- add <entry> --environment <name> [--until <time>] [--reason <text>] [--name-only]
      Block a user or a domain. If the entry exists, this replaces its time and its reason. Whoever has the name of
      a user: entry is found in the pools, blocked by their sub as well, and signed out everywhere.
  npm run blocks -- remove <entry> --environment <name> [--name-only]
      Remove an entry from the list, and the sub of whoever has the name.
  npm run blocks -- list --environment <name>
      Show every entry, in order.
  npm run blocks -- import <file> --environment <name>
      Add every line of a file, or of the standard input (-): <entry>, <until>, <reason>. It looks for nobody.
  npm run blocks -- normalise --environment <name>
      Rewrite the entries of earlier versions in today's spelling.

  <entry>   user:<user name, sub, address or phone number> or domain:<domain>
  <time>    a day (2030-12-31, to its end in UTC) or a time with its zone (2030-12-31T18:00+01:00)
  --name-only  Look for nobody in the pools: only the entry itself changes
  --json    Print JSON, one object a line
  --help    Print this

  Exit codes: 0 success; 1 AWS refused or failed; 2 wrong arguments or file, nothing was written; 130 stopped by you.`;

/** What each command takes besides the options. */
const COMMANDS = {
  add: ["an entry"],
  remove: ["an entry"],
  list: [],
  import: ["a file, or - for the standard input"],
  normalise: [],
} as const;

const shared = {
  environment: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;
const forAdd = { until: { type: "string" }, reason: { type: "string" } } as const;
const forNames = { "name-only": { type: "boolean" } } as const;

export interface CommandLine {
  readonly command: keyof typeof COMMANDS;
  /** The entry or the file; empty for `list` and `normalise`. */
  readonly operand: string;
  readonly environment: Environment;
  readonly until?: string;
  readonly reason?: string;
  readonly json: boolean;
  /** Whether the people who have the name are left alone. */
  readonly nameOnly: boolean;
}

/**
 * Reads the arguments. Returns undefined for --help.
 * @throws InputError or SettingsError whose message says in one sentence what is wrong
 */
export function readCommandLine(args: string[]): CommandLine | undefined {
  const options = { ...shared, ...forAdd, ...forNames };
  const { values, positionals } = parseArguments({ args, options, allowPositionals: true }, usage);
  if (values.help) return undefined;
  const { command, operands } = commandIn(positionals, COMMANDS, usage);
  const { json, until, reason } = values;
  for (const [option, value] of Object.entries({ until, reason })) {
    if (value === undefined) continue;
    if (command !== "add") throw usage(`--${option} goes with add, not with ${command}`);
    if (value.trim() === "") throw usage(`--${option} is empty`);
  }
  if (values["name-only"] && command !== "add" && command !== "remove") {
    throw usage(`--name-only goes with add and remove, not with ${command}`);
  }
  requireOperands({ command, operands }, COMMANDS[command], usage);
  const [operand = ""] = operands;
  const nameOnly = values["name-only"] ?? false;
  return { command, operand, environment: environmentNamed(values.environment, usage), until, reason, json, nameOnly };
}

function usage(sentence: string): InputError {
  return new InputError(`${sentence}; npm run blocks -- --help says more.`);
}
