import { App } from "cdktf";
import { reportMistake } from "../lib/checked-settings";
import { writeLocks } from "../lib/locks";
import { buildStacks } from "../lib/stacks";

// npm run locks
reportMistake(() => {
  const added = writeLocks(buildStacks(new App()));
  console.log(`lib/locks.json: ${added} ${added === 1 ? "lock" : "locks"} added.`);
});
