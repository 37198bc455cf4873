import { SettingsError } from "../lib/checked-settings";
import { InputError } from "./block-entries";
import { explain, TableError } from "./block-table";
import { type DoorsLine, HELP, readDoorsLine } from "./doors-arguments";
import { People, type Person } from "./people";
import { doorOf, lineOf, shownPerson } from "./shown-person";

const commands = { list, unlink };

/** Runs the command of the arguments, prints the result, and returns the exit code. */
export async function run(args: string[]): Promise<number> {
  let line: DoorsLine | undefined;
  try {
    line = readDoorsLine(args);
    if (!line) console.log(HELP);
    else await commands[line.command](line, new People(line.environment, "every pool"));
    return 0;
  } catch (thrown) {
    const error = line ? explain(thrown, line.environment) : thrown;
    const isInput = error instanceof InputError || error instanceof SettingsError;
    console.error(isInput || error instanceof TableError ? error.message : error);
    return isInput ? 2 : 1;
  }
}

async function list({ operands: [name = ""], environment, json }: DoorsLine, people: People): Promise<void> {
  const found = await people.named(name);
  for (const person of found) print(person, json);
  if (found.length === 0 && !json) console.log(`Nobody of that name is in a pool of ${environment.name}.`);
}

async function unlink({ operands: [name = "", door = ""], json }: DoorsLine, people: People): Promise<void> {
  const [person, ...others] = await people.named(name);
  if (!person) throw new InputError("Nobody of that name is in a pool of this environment.");
  if (others.length > 0) {
    throw new InputError(
      `${others.length + 1} profiles have that name: name one of them by its sub, as list shows it.`,
    );
  }
  const identity = person.identities.find((one) => doorOf(one) === door);
  if (!identity) {
    const doors = person.identities.map(doorOf).join(", ") || "none";
    throw new InputError(`The door is "${door}", but the person's doors at providers are: ${doors}.`);
  }
  if (identity.primary) {
    throw new InputError(
      `${door} has made this profile, so without it nobody could sign in: to keep the person out, use npm run blocks.`,
    );
  }
  await people.unlink(person, identity);
  await people.signOut(person);
  if (json) console.log(JSON.stringify({ pool: person.pool, sub: person.sub, unlinked: door }));
  else console.log(`${person.pool}: ${door} is taken from ${person.sub}, who is signed out everywhere.`);
}

function print(person: Person, json: boolean): void {
  const { pool } = person;
  console.log(json ? JSON.stringify({ pool, ...shownPerson(person) }) : `  ${pool}  ${lineOf(person)}`);
}

if (require.main === module) {
  // The SDK's warning about the version of Node does not help the person who runs this command.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  // The reader of a pipe may stop early, as `head` does.
  process.stdout.on("error", () => process.exit());
  void run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
