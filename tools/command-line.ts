import type { Environment } from "../lib/environments";
import { commandIn, parseArguments, requireOperands } from "./arguments";
import { InputError } from "./block-entries";
import { environmentNamed } from "./environment-named";

export const HELP = `The block list of an environment: users and domains that may not sign up or sign in (docs/blocks.md)

  npm run blocks -- add <entry> --environment <name> [--until <time>] [--reason <text>] [--name-only | --everybody]
      Block a user or a domain. If the entry exists, this replaces its time and its reason. Whoever has the name of
      a user: entry is found in the pools, blocked by their sub as well, and signed out everywhere.
  npm run blocks -- remove <entry> --environment <name> [--name-only | --everybody]
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
  --everybody  Compare every profile with the name, also in a pool of more than 6000 users
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
const forNames = { "name-only": { type: "boolean" }, everybody: { type: "boolean" } } as const;

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
  /** Whether every profile of a large pool is compared with the name, too. */
  readonly everybody: boolean;
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
  for (const option of ["name-only", "everybody"] as const) {
    if (!values[option] || command === "add" || command === "remove") continue;
    throw usage(`--${option} goes with add and remove, not with ${command}`);
  }
  if (values["name-only"] && values.everybody) throw usage("--name-only and --everybody exclude each other");
  requireOperands({ command, operands }, COMMANDS[command], usage);
  const [operand = ""] = operands;
  const { "name-only": nameOnly = false, everybody = false } = values;
  const environment = environmentNamed(values.environment, usage);
  return { command, operand, environment, until, reason, json, nameOnly, everybody };
}

function usage(sentence: string): InputError {
  return new InputError(`${sentence}; npm run blocks -- --help says more.`);
}
