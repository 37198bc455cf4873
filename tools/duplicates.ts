import { normalAddress, normalName } from "../functions/shared/names";
import { APP, type Environment } from "../lib/environments";
import { parseArguments } from "./arguments";
import { InputError } from "./block-entries";
import { TableError } from "./block-table";
import { environmentNamed } from "./environment-named";
import { People, type Person, type Pool } from "./people";
import { runCommand, startCommand } from "./run-command";
import { lineOf, shownPerson } from "./shown-person";

const HELP = `Addresses that several profiles of a pool have (docs/identity-providers.md). Nothing is changed.

  npm run duplicates -- --environment <name> [--pool <id>]

  --pool    Only this pool: its id in lib/identity-stack.ts, or its awsName. Without it, every pool of the environment
  --json    Print JSON, one object a line: pool, address and profiles
  --help    Print this

  Exit codes: 0 success, whether there are duplicates or not; 1 AWS refused or failed; 2 wrong arguments.`;

interface CommandLine {
  readonly environment: Environment;
  readonly pool?: string;
  readonly json: boolean;
}

/** Runs the command of the arguments, prints what it finds, and returns the exit code. */
export const run = (args: string[]): Promise<number> =>
  runCommand(args, { read: readCommandLine, help: HELP, work: report });

function readCommandLine(args: string[]): CommandLine | undefined {
  const options = {
    environment: { type: "string" },
    pool: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  const { help, environment, pool, json } = parseArguments({ args, options }, usage).values;
  if (help) return undefined;
  return { environment: environmentNamed(environment, usage), pool, json };
}

const usage = (sentence: string) => new InputError(`${sentence}; npm run duplicates -- --help says more.`);

async function report({ environment, pool: wanted, json }: CommandLine): Promise<void> {
  const { name, account } = environment;
  const people = new People(environment, "every pool");
  const prefix = `${APP}-${name}-`;
  const all = await people.pools();
  if (all.length === 0) {
    throw new TableError(
      `There are no pools of ${name}: use credentials of account ${account}, and deploy identity-${name} if you have not yet.`,
    );
  }
  const pools = all.filter((pool) => wanted === undefined || pool.name === `${prefix}${wanted}`);
  if (pools.length === 0) {
    const names = all.map((pool) => pool.name.slice(prefix.length)).join(", ");
    throw usage(`--pool is "${wanted}", but the pools of ${name} are ${names}`);
  }
  for (const pool of pools) {
    const { profiles, found } = await duplicatesIn(people, pool);
    if (json) {
      for (const [address, same] of found)
        console.log(JSON.stringify({ pool: pool.name, address, profiles: same.map(shownProfile) }));
    } else print(pool, profiles, found);
  }
}

/** The addresses that more than one profile has, in order. */
type Found = readonly [address: string, people: readonly Person[]][];

/**
 * Compares the addresses of a pool as the block list does, so two spellings of one count as one. Every profile with an
 * address stays in memory, because its double may come last.
 */
async function duplicatesIn(people: People, pool: Pool): Promise<{ profiles: number; found: Found }> {
  const byAddress = new Map<string, Person[]>();
  let profiles = 0;
  for await (const person of people.everybodyIn(pool)) {
    profiles += 1;
    if (!person.email) continue;
    const address = normalAddress(person.email) ?? normalName(person.email);
    const same = byAddress.get(address);
    if (same) same.push(person);
    else byAddress.set(address, [person]);
  }
  const found = [...byAddress].filter(([, same]) => same.length > 1);
  return { profiles, found: found.sort(([one], [other]) => (one < other ? -1 : 1)) };
}

const shownProfile = (person: Person) => ({
  ...shownPerson(person),
  enabled: person.enabled,
  ...(person.created && { created: person.created.toISOString() }),
});

function print({ name }: Pool, profiles: number, found: Found): void {
  const several = found.length === 1 ? "1 address" : `${found.length} addresses`;
  const looked = `${name}: looked at ${profiles === 1 ? "1 profile" : `${profiles} profiles`}`;
  console.log(found.length === 0 ? `${looked}; no address is in two.` : `${looked}; ${several} in more than one.`);
  for (const [address, same] of found) {
    console.log(`\n${address}`);
    for (const person of same) {
      const since = person.created ? `  since ${person.created.toISOString().slice(0, 10)}` : "";
      console.log(`  ${lineOf(person)}${since}${person.enabled ? "" : "  disabled"}`);
    }
  }
}

if (require.main === module) startCommand(run);
