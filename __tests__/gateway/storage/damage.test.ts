import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClassicLevel } from "classic-level";
import { key, openStore } from "../../../gateway/storage/store";
import { ROOT } from "../../checkout";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const userKey = (index: number) => key("user", "p", `user-${index}`);

/** A store with 300 users that was closed, or opened again once: then its users are in another kind of file. */
async function storeWithUsers(times: number): Promise<void> {
  let store = await openStore(folder);
  for (let i = 0; i < 300; i++)
    await store.commit([[userKey(i), { name: `user ${i}`, text: "some text of a user ".repeat(20) }]]);
  await store.close();
  for (let i = 1; i < times; i++) {
    store = await openStore(folder);
    await store.close();
  }
}

/** The files of the store that hold something. */
const files = (ending: RegExp) =>
  readdirSync(join(folder, "users"))
    .filter((name) => ending.test(name))
    .map((name) => join(folder, "users", name))
    .filter((path) => readFileSync(path).length > 0);

function overwrite(path: string, share: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0x5a, Math.floor(bytes.length * share), Math.floor(bytes.length * share) + 200);
  writeFileSync(path, bytes);
}

const damages: [what: string, times: number, damage: () => void][] = [
  ["users that were written last are cut off", 1, () => truncateSync(files(/\.log$/)[0] ?? "", 60_000)],
  ["users in the middle are overwritten", 1, () => overwrite(files(/\.log$/)[0] ?? "", 0.5)],
  ["users in a table are overwritten", 2, () => overwrite(files(/\.ldb$/)[0] ?? "", 0.5)],
  ["a table is cut off", 2, () => truncateSync(files(/\.ldb$/)[0] ?? "", 1_000)],
  ["a table is missing", 2, () => rmSync(files(/\.ldb$/)[0] ?? "")],
  ["the log is missing", 1, () => rmSync(files(/\.log$/)[0] ?? "")],
  ["the manifest is missing", 2, () => rmSync(files(/^MANIFEST/)[0] ?? "")],
  ["the manifest is overwritten", 2, () => writeFileSync(files(/^MANIFEST/)[0] ?? "", "garbage")],
  ["the file CURRENT is missing", 2, () => rmSync(join(folder, "users", "CURRENT"))],
  ["the file CURRENT is empty", 2, () => truncateSync(join(folder, "users", "CURRENT"))],
  ["the folder is missing", 2, () => rmSync(join(folder, "users"), { recursive: true })],
  [
    "the folder is a file",
    2,
    () => {
      rmSync(join(folder, "users"), { recursive: true });
      writeFileSync(join(folder, "users"), "");
    },
  ],
];

describe("a damaged store", () => {
  it.each(damages)("is named, with the way out, where %s", async (_, times, damage) => {
    await storeWithUsers(times);
    damage();
    const opened = openStore(folder);
    await expect(opened).rejects.toThrow(`${join(folder, "users")} is damaged`);
    await expect(opened).rejects.toThrow('"npm run local -- --fresh"');
    // It is refused again, and not repaired into a store without the users.
    await expect(openStore(folder)).rejects.toThrow("is damaged");
  });

  it.each([
    ["missing", () => rmSync(join(folder, "last-commit"))],
    ["empty", () => truncateSync(join(folder, "last-commit"))],
    ["garbage", () => writeFileSync(join(folder, "last-commit"), "garbage")],
  ])("is named where the note of the last change is %s", async (_, damage) => {
    await storeWithUsers(1);
    damage();
    await expect(openStore(folder)).rejects.toThrow(`${join(folder, "last-commit")} is damaged`);
  });
});

it("has what was written last after a kill, whatever was being written", async () => {
  const program = `
    const { openStore } = require("./gateway/storage/store");
    openStore(process.argv[1]).then(async (store) => {
      for (let i = 0; ; i += 4) {
        await Promise.all([0, 1, 2, 3].map((j) => store.commit([["user/p/" + (i + j), { i }], ["alias/" + i, i + j]])));
        require("node:fs").writeSync(1, i + 3 + "\\n");
        if (i === 200) setTimeout(() => process.kill(process.pid, "SIGKILL"), 1);
      }
    });`;
  const { stdout, signal } = spawnSync(process.execPath, ["--import", "tsx", "-e", program, folder], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(signal).toBe("SIGKILL");
  const last = Number(stdout.trim().split("\n").at(-1));
  const store = await openStore(folder);
  for (let i = 0; i <= last; i++) expect(store.get(`user/p/${i}`)).toBeDefined();
  await store.close();
});

it("says in a sentence that the disk is full, and keeps what it had said was written", async () => {
  const program = `
    const { openStore } = require("./gateway/storage/store");
    process.on("SIGXFSZ", () => {});
    openStore(process.argv[1]).then(async (store) => {
      let i = 0;
      try {
        for (; ; i++) await store.commit([["user/p/" + i, "x".repeat(1000)]]);
      } catch (error) {
        const again = await store.commit([["user/p/other", 1]]).catch((error) => error);
        console.log(JSON.stringify({ i, name: error.name, message: error.message, again: again.message }));
        console.log(JSON.stringify(store.get("user/p/0").length));
      }
      process.exit();
    });`;
  const command = `ulimit -f 300; exec "$0" "$@"`;
  const args = ["-c", command, process.execPath, "--import", "tsx", "-e", program, folder];
  const { stdout, stderr } = spawnSync("bash", args, {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, TSX_DISABLE_CACHE: "1" },
  });
  const [first = "", second] = stdout.trim().split("\n");
  expect({ stderr, first }).toMatchObject({ first: expect.stringContaining("{") });
  const { i, name, message, again } = JSON.parse(first);
  expect(name).toBe("StoreProblem");
  expect(message).toContain(`cannot write its users to ${join(folder, "users")}`);
  expect(again).toBe(message);
  expect(second).toBe("1000");
  const store = await openStore(folder);
  expect(store.get(`user/p/${i - 1}`)).toBeDefined();
  await store.close();
});

it("takes over a store of an earlier version, which noted nothing", async () => {
  await storeWithUsers(1);
  const db = new ClassicLevel(join(folder, "users"));
  await db.del("tally");
  await db.close();
  rmSync(join(folder, "last-commit"));
  const store = await openStore(folder);
  expect(store.get(userKey(299))).toBeDefined();
  await store.commit([[userKey(300), {}]]);
  await store.close();
  await (await openStore(folder)).close();
  expect(existsSync(join(folder, "last-commit"))).toBe(true);
});
