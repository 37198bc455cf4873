import { InputError } from "./block-entries";
import { type DoorsLine, HELP, readDoorsLine } from "./doors-arguments";
import { People, type Person } from "./people";
import { runCommand, startCommand } from "./run-command";
import { doorOf, lineOf, shownPerson } from "./shown-person";

const commands = { list, unlink };

/** Runs the command of the arguments, prints the result, and returns the exit code. */
export const run = (args: string[]): Promise<number> =>
  runCommand(args, {
    read: readDoorsLine,
    help: HELP,
    work: (line) => commands[line.command](line, new People(line.environment, "every pool")),
  });

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
  else
    console.log(
      `${person.pool}: ${door} is taken from ${person.sub}, whose tokens end. A browser stays signed in at the hosted pages for an hour at most.`,
    );
}

function print(person: Person, json: boolean): void {
  const { pool } = person;
  console.log(json ? JSON.stringify({ pool, ...shownPerson(person) }) : `  ${pool}  ${lineOf(person)}`);
}

if (require.main === module) startCommand(run);
