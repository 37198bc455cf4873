import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { type GetObjectCommandInput, type PutObjectCommandInput, S3Client } from "@aws-sdk/client-s3";
import { PROCESS_FILE, StateLock } from "../../tools/bootstrap/state-lock";

const place = { bucket: "identity-111111111111-dev-state", region: "eu-west-1", key: "state-dev.tfstate" };
const KEY = "state-dev.tfstate.tflock";

/** The objects of a bucket, with S3's conditional writes. */
let objects: Map<string, string>;
let folder: string;
let log: jest.SpyInstance;

beforeEach(() => {
  objects = new Map();
  folder = mkdtempSync(join(tmpdir(), "bootstrap-"));
  log = jest.spyOn(console, "log").mockImplementation();
  jest
    .spyOn(S3Client.prototype as { send: (command: object) => unknown }, "send")
    .mockImplementation(async (command) => {
      const { input } = command as { input: PutObjectCommandInput & GetObjectCommandInput };
      const [key, now] = [String(input.Key), objects.get(String(input.Key))];
      switch (command.constructor.name) {
        case "PutObjectCommand":
          if (input.IfNoneMatch === "*" && now !== undefined) throw named("PreconditionFailed");
          if (input.IfMatch !== undefined && input.IfMatch !== now) throw named("PreconditionFailed");
          objects.set(key, String(input.Body));
          return {};
        case "GetObjectCommand":
          if (now === undefined) throw named("NoSuchKey");
          return { ETag: now, Body: { transformToString: async () => now } };
        default:
          return objects.delete(key);
      }
    });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const named = (name: string) => Object.assign(new Error(name), { name });
const lock = () => new StateLock(new S3Client({}), place, (id) => `<unlock ${id}>`);
const lockOf = (changes: object) =>
  objects.set(
    KEY,
    JSON.stringify({
      ID: "4b1d",
      Operation: "OperationTypeApply",
      Info: "",
      Who: "somebody@laptop",
      Created: "2026-11-27T08:05:06.123456Z",
      ...changes,
    }),
  );
/** A lock of a bootstrap on this machine. */
const lockOfBootstrap = (changes: object = {}) =>
  lockOf({ Operation: "bootstrap", Info: folder, Who: `${userInfo().username}@${hostname()}`, ...changes });
const HELD = /has the lock on state-dev\.tfstate since 2026-11-27 08:05:06 UTC, for a bootstrap: wait until that ends/;

it("is Terraform's, and is given back", async () => {
  const giveBack = await lock().take(folder);
  expect(JSON.parse(objects.get(KEY) ?? "")).toMatchObject({
    ID: expect.stringMatching(/^[0-9a-f-]{36}$/),
    Operation: "bootstrap",
    Who: `${userInfo().username}@${hostname()}`,
    Path: "identity-111111111111-dev-state/state-dev.tfstate",
  });
  await giveBack();
  expect(objects.size).toBe(0);
});

it("says who has it, for what, and the way out", async () => {
  lockOf({});
  await expect(lock().take(folder)).rejects.toThrow(
    "somebody@laptop has the lock on state-dev.tfstate since 2026-11-27 08:05:06 UTC, for a deployment: wait until that ends. If it was killed, give the lock back with <unlock 4b1d>.",
  );
});

it.each(["", "not JSON", "null", "[]"])("is respected when its content is %j", async (content) => {
  objects.set(KEY, content);
  await expect(lock().take(folder)).rejects.toThrow("somebody has the lock on state-dev.tfstate");
});

it("of a bootstrap that was killed on this machine is replaced", async () => {
  // No process has this number.
  writeFileSync(join(folder, PROCESS_FILE), "4194305");
  lockOfBootstrap();
  await (await lock().take("/other"))();
  expect(log).toHaveBeenCalledWith("A bootstrap on this machine was killed: its lock on the state is replaced.");
  expect(objects.size).toBe(0);
});

it("of a bootstrap that was killed when it had done everything is removed, and no other", async () => {
  await lock().clear("/other");
  writeFileSync(join(folder, PROCESS_FILE), "4194305");
  lockOf({});
  await lock().clear("/other");
  expect(objects.size).toBe(1);
  lockOfBootstrap();
  await lock().clear("/other");
  expect(objects.size).toBe(0);
});

it.each([
  ["of another machine", () => lockOfBootstrap({ Who: "somebody@laptop" })],
  ["whose working folder is not here", () => lockOfBootstrap({ Info: "/nowhere/bootstrap-x" })],
])("of a bootstrap %s is respected", async (_, held) => {
  writeFileSync(join(folder, PROCESS_FILE), "4194305");
  held();
  await expect(lock().take("/other")).rejects.toThrow(HELD);
});

it("is given back by its id, and by no other", async () => {
  await expect(lock().giveBack("4b1d")).rejects.toThrow("Nobody has the lock on state-dev.tfstate.");
  lockOf({});
  await expect(lock().giveBack("another")).rejects.toThrow("somebody@laptop has the lock");
  await lock().giveBack("4b1d");
  expect(objects.size).toBe(0);
});

it("that was given back by its id meanwhile, and taken by another, stays the other's", async () => {
  const giveBack = await lock().take(folder);
  lockOf({});
  await giveBack();
  expect(objects.get(KEY)).toContain("somebody@laptop");
});
