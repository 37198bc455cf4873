import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FIXTURES_DIR } from "./global-setup";

const file = join(FIXTURES_DIR, "used-values");

/** Remembers what no log may hold: passwords, codes, tokens, names, addresses and phone numbers of this run. */
export function used<Value extends string>(...values: [Value, ...string[]]): Value {
  appendFileSync(file, values.map((value) => `${value}\n`).join(""));
  return values[0];
}

/** All of them. */
export function usedValues(): string[] {
  if (!existsSync(file)) return [];
  return [...new Set(readFileSync(file, "utf8").split("\n"))].filter((value) => value !== "");
}
