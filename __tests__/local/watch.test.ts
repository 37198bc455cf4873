import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Part, watchSources } from "../../local/watch";

let root: string;
let stop: AbortController;
let calls: Part[][];
let next: () => void;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "watch-"));
  for (const folder of ["functions/sign-up", "contract", "lib"]) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "functions/sign-up/index.ts"), "one");
  [stop, calls, next] = [new AbortController(), [], () => {}];
});
afterEach(() => {
  stop.abort();
  rmSync(root, { recursive: true });
});

/** Watches, and fails in the first call if asked. */
const begin = ({ failing = false } = {}) =>
  watchSources(
    async (parts) => {
      calls.push([...parts]);
      next();
      if (failing && calls.length === 1) throw new Error("It does not compile.");
    },
    stop.signal,
    root,
  );

/** Waits until the change of a part is told. */
async function told(part: Part, change: () => void): Promise<void> {
  const called = new Promise<void>((resolve) => {
    next = () => calls.at(-1)?.includes(part) && resolve();
  });
  change();
  await called;
}

const save = (path: string, text: string) => () => writeFileSync(join(root, path), text);

/** As many editors save: a new file takes the place of the old one. */
const replace = (path: string, text: string) => () => {
  writeFileSync(join(root, `${path}~`), text);
  renameSync(join(root, `${path}~`), join(root, path));
};

it("tells each time that a file is saved or replaced, and in which part", async () => {
  begin();
  await told("functions", save("functions/sign-up/index.ts", "two"));
  await told("functions", replace("functions/sign-up/index.ts", "three"));
  await told("functions", replace("functions/sign-up/index.ts", "four"));
  await told("lib", save("lib/stack.ts", "one"));
  expect(calls.at(-1)).toEqual(["lib"]);
});

it("follows a folder that is new", async () => {
  begin();
  await told("functions", () => mkdirSync(join(root, "functions/shared")));
  await told("functions", save("functions/shared/names.ts", "one"));
});

it("goes on after an error, and prints it", async () => {
  const printed = jest.spyOn(console, "error").mockImplementation(() => {});
  begin({ failing: true });
  await told("functions", save("functions/sign-up/index.ts", "wrong"));
  await told("functions", save("functions/sign-up/index.ts", "right"));
  expect(printed).toHaveBeenCalledWith("It does not compile.\nWhat ran before runs on.");
});
