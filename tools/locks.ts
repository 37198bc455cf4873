import { reportMistake, SettingsError } from "../lib/checked-settings";
import { writeLocks } from "../lib/locks";
import { newApp } from "../lib/new-app";
import { buildStacks } from "../lib/stacks";
import { unlock } from "../lib/unlock";
import { parseArguments } from "./arguments";

const HELP = `Locks: what must never change by accident, in lib/locks.json (docs/deploying.md)

  npm run locks
      Add locks for everything new. It removes none, except of a stack that is gone and never had an account of its own.
  npm run locks -- --remove <environment>
      Remove the locks of an environment that goes: first take it out of lib/environments.ts.
  npm run locks -- --remove <environment>/<what>
      Remove the locks of a pool (by its id), a resource (by its address) or a property that goes: first take it out of
      its stack. What is still there as it is locked stays locked.

  --remove can be given several times. A stack's name can stand for the environment.
  --help    Print this`;

// npm run locks
reportMistake(() => {
  const { remove, help } = readArguments(process.argv.slice(2));
  if (help) return console.log(HELP);
  // Locks are about all environments, so this variable, which selects one for synthesis, is ignored.
  delete process.env.ENVIRONMENT;
  const stacks = buildStacks(newApp());
  if (remove) return report(unlock(remove, stacks));
  const { added, dropped } = writeLocks(stacks);
  for (const stack of dropped) {
    console.log(`lib/locks.json: ${stack} is gone and never had an account of its own, so its locks are removed.`);
  }
  console.log(`lib/locks.json: ${counted(added)} added.`);
});

function readArguments(args: string[]) {
  const options = {
    remove: { type: "string", multiple: true },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  const usage = (sentence: string) => new SettingsError(`${sentence}; npm run locks -- --help says more.`);
  return parseArguments({ args, options }, usage).values;
}

function report(removed: ReturnType<typeof unlock>): void {
  for (const { stack, lock } of removed) console.log(`lib/locks.json: ${stack} no longer locks ${lock}`);
  console.log(
    `${counted(removed.length)} removed. This is right only for what never was deployed, or may be deleted with everything in it.\n` +
      "If something else is there instead, run npm run locks. Then commit lib/locks.json.",
  );
}

function counted(count: number): string {
  return `${count} ${count === 1 ? "lock" : "locks"}`;
}
