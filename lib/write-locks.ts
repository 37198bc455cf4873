import { App } from "cdktf";
import { buildStacks } from "../main";
import { writeLocks } from "./locks";
import { reportMistake } from "./settings";

// npm run locks
reportMistake(() => {
  const added = writeLocks(buildStacks(new App()));
  console.log(`lib/locks.json: ${added} ${added === 1 ? "lock" : "locks"} added.`);
});
