import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "./checked-settings";

// The committed file of the locks. People merge it and edit it, so its reader says in one sentence what is wrong.

export const LOCKS_FILE = join(__dirname, "locks.json");

/** The locks of one stack: addresses of resources, and properties that must not change, with their values. */
export type Locks = Record<string, unknown>;

/** The locks of every stack, by its name. */
export type AllLocks = Record<string, Locks>;

const BRING_BACK = "bring the committed file back with git checkout -- lib/locks.json";

/**
 * The committed locks of every stack.
 * @throws SettingsError when the file is missing or damaged
 */
export function readLocks(file = LOCKS_FILE): AllLocks {
  const text = readText(file);
  if (/^(<{7}|={7}|>{7}|\|{7})( |\r?$)/m.test(text)) {
    throw new SettingsError(
      "lib/locks.json has the marks of a merge conflict: keep the lines of both sides, delete the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>, put a comma between all locks, and run npm run locks.",
    );
  }
  const all = parsed(text);
  const [first, ...deeper] = keyTwice(text) ?? [];
  if (first !== undefined) {
    const where = deeper.length > 0 ? ` in ${first}` : "";
    throw new SettingsError(
      `lib/locks.json has ${JSON.stringify(deeper.at(-1) ?? first)} twice${where}: keep the one that is deployed, delete the other, and run npm run locks.`,
    );
  }
  return all;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT") throw new SettingsError(`lib/locks.json cannot be read (${code}): ${BRING_BACK}.`);
    throw new SettingsError(
      `lib/locks.json is missing: ${BRING_BACK} or, if nothing was ever deployed, write {} into it and run npm run locks.`,
    );
  }
}

function parsed(text: string): AllLocks {
  let all: unknown;
  try {
    all = JSON.parse(text);
  } catch {
    throw new SettingsError(
      `lib/locks.json is not valid JSON: git diff lib/locks.json shows what changed; mend it, or ${BRING_BACK}, and run npm run locks.`,
    );
  }
  if (!isObject(all)) throw wrongShape(`it is ${shown(all)}`);
  for (const [stack, locks] of Object.entries(all)) {
    if (!isObject(locks)) throw wrongShape(`${JSON.stringify(stack)} is ${shown(locks)}`);
    const wrong = Object.entries(locks).find(([lock, value]) => lock.startsWith("place.") && typeof value !== "string");
    if (wrong) throw wrongShape(`"${wrong[0]}" of ${JSON.stringify(stack)} is ${shown(wrong[1])}, which is no text`);
  }
  return all as AllLocks;
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value as JSON, shortened: it may be a whole file. */
const shown = (value: unknown) => {
  const json = JSON.stringify(value);
  return json.length > 40 ? `${json.slice(0, 40)}…` : json;
};

const wrongShape = (what: string) =>
  new SettingsError(
    `lib/locks.json must be an object of stacks, and each stack an object of locks, but ${what}: ${BRING_BACK}, and run npm run locks.`,
  );

/** The path of the first key that its object has twice. JSON.parse silently takes the last one. */
function keyTwice(json: string): string[] | undefined {
  const open: { keys: Set<string>; key: string }[] = [];
  for (const [token, text] of json.matchAll(/("(?:[^"\\]|\\.)*")(?=\s*:)|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    const object = open.at(-1);
    if (token === "{") open.push({ keys: new Set(), key: "" });
    else if (token === "}") open.pop();
    else if (text && object) {
      object.key = JSON.parse(text);
      if (object.keys.has(object.key)) return open.map(({ key }) => key);
      object.keys.add(object.key);
    }
  }
  return undefined;
}

/**
 * Writes the locks, if they differ from what the file holds. The file is replaced in one step, so an interruption
 * leaves the old one or the new one.
 */
export function saveLocks(all: AllLocks, file = LOCKS_FILE): void {
  const text = `${JSON.stringify(all, null, 2)}\n`;
  if (text === readFileSync(file, "utf8")) return;
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    throw new SettingsError(
      `lib/locks.json cannot be written (${(error as NodeJS.ErrnoException).code}): change the permissions of its folder.`,
    );
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
