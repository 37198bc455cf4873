import { App } from "cdktf";
import { writeLocks } from "../lib/locks";
import { reportMistake } from "../lib/settings";
import { buildStacks } from "../lib/stacks";

// npm run locks
reportMistake(() => {
  const added = writeLocks(buildStacks(new App()));
  console.log(`lib/locks.json: ${added} ${added === 1 ? "lock" : "locks"} added.`);
});
