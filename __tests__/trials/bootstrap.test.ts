import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { type Outputs, publishedEnvironment } from "../../local/outputs";
import { ROOT } from "../checkout";
import { OwnCloud } from "./own-cloud";
import { ProtectedStacks } from "./protected-stacks";
import { say } from "./say";

jest.setTimeout(60 * 60_000);

const BUCKET = "identity-000000000000-trials-state";
const KEY = "state-trials.tfstate";
const FOLDER = join(ROOT, ".local", "trials", "bootstrap");

const cloud = new OwnCloud("bootstrap");
let outputs: Outputs;
let s3: S3Client;

beforeAll(async () => {
  outputs = await cloud.start({ fresh: true });
  const { endpoint, region } = outputs;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
});
afterAll(async () => {
  removeWhatIsLeft();
  await cloud.stop();
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Starts `npm run bootstrap` for the trials' environment. @param killAt kills it when it prints this */
function start(args: string[], killAt?: RegExp): Promise<Ended> {
  const env = { ...process.env, ...publishedEnvironment(join(FOLDER, "env")), LOCAL_DIR: FOLDER };
  const all = ["--import", "tsx", "__tests__/trials/fixtures/bootstrap.ts", ...args];
  const child = spawn(process.execPath, all, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      output += part;
      if (killAt?.test(output)) kill(child);
    });
  }
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}

/** The bootstrap cannot end in order. Its Terraform is in a group of its own, and ends when it next prints something. */
function kill({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(pid, "SIGKILL");
}

const bootstrap = () => start(["--yes"]);

async function stored(key = KEY): Promise<string | undefined> {
  try {
    return await (await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }))).Body?.transformToString();
  } catch {
    return undefined;
  }
}

const keys = async () =>
  ((await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).Contents ?? []).map(({ Key }) => Key ?? "");

/** Everything is there, in one state, and nobody has the lock. */
async function expectWhole(): Promise<void> {
  const { code, output } = await start([]);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("Nothing to do: everything is there") });
  expect(await keys()).toContain(KEY);
  expect(await keys()).not.toContain(`${KEY}.tflock`);
}

it("shows what it would do, and does nothing where nobody can be asked", async () => {
  const { code, output } = await start([]);
  expect(output).toContain("Plan: 10 to add, 0 to change, 0 to destroy.");
  expect(output).toContain(`- make the bucket ${BUCKET} for Terraform's state`);
  expect(output).toContain("There is no terminal to ask at: add --yes to do this.");
  expect(code).toBe(2);
  expect(await stored()).toBeUndefined();
});

it("of an empty account, two at once: one does it, and the other says who is at it, or that nothing is left", async () => {
  const both = await Promise.all([bootstrap(), bootstrap()]);
  for (const { output } of both) say(output.split("\n").slice(-4).join("\n"));
  expect(both.filter(({ code, output }) => code === 0 && output.includes("Done: the state is in"))).not.toEqual([]);
  for (const { code, output } of both) {
    if (code !== 0) expect(output).toMatch(/\S+@\S+ has the lock on state-trials\.tfstate since .*, for a bootstrap/);
  }
  await expectWhole();
});

it("on a machine that has no file of it, and then the ordinary cdktf deploy", async () => {
  const stacks = new ProtectedStacks("bootstrap", outputs);
  await stacks.deploy();
  expect(await stacks.planned("state-trials")).toEqual([]);
  await expectWhole();
});

it("after the state was lost", async () => {
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
  const { code, output } = await bootstrap();
  expect(output).toContain("Plan: 2 to import, 8 to add, 0 to change, 0 to destroy.");
  expect(code).toBe(0);
  await expectWhole();
});

it("after the state was damaged, which is kept", async () => {
  const half = (await stored())?.slice(0, 500) ?? "";
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: half }));
  const { code, output } = await bootstrap();
  expect(output).toContain(`keep the damaged state ${KEY} in the bucket`);
  expect(code).toBe(0);
  const [kept = ""] = (await keys()).filter((key) => key.startsWith(`${KEY}.damaged-`));
  expect(await stored(kept)).toBe(half);
  await expectWhole();
});

it("with the file of an earlier version, which is taken over", async () => {
  const file = join(FOLDER, KEY);
  const before = (await stored()) ?? "";
  writeFileSync(file, before);
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
  const { code, output } = await bootstrap().finally(() => rmSync(file));
  expect(output).toContain(`store the state of the file ${KEY} in the bucket`);
  expect(output).toContain(`${KEY} in this checkout is no longer used afterwards, and may be deleted.`);
  expect(code).toBe(0);
  expect(JSON.parse((await stored()) ?? "").lineage).toBe(JSON.parse(before).lineage);
  await expectWhole();
});

it("while somebody else has the lock, whom it names; and the lock can be given back", async () => {
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
  const lock = { ID: "4b1d", Operation: "OperationTypeApply", Who: "somebody@laptop", Created: "2026-11-27T08:05:06Z" };
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: `${KEY}.tflock`, Body: JSON.stringify(lock) }));
  const { code, output } = await bootstrap();
  expect(output).toContain("somebody@laptop has the lock on state-trials.tfstate since 2026-11-27 08:05:06 UTC");
  expect(code).toBe(1);
  expect(await stored()).toBeUndefined();
  expect((await start(["--unlock", "4b1d"])).output).toContain("The lock is given back.");
  expect((await bootstrap()).code).toBe(0);
  await expectWhole();
});

it("leaves no working folder, unless it is killed", () => {
  expect(workingFolders()).toEqual([]);
});

it.each([
  ["when it has shown its plan", /^It begins with this/m],
  ["when Terraform begins", /: (Importing|Creating)\.\.\./],
  ["when Terraform imports", /: Import complete/],
  ["when Terraform makes the settings", /: Creation complete/],
  ["when Terraform has ended", /^Apply complete!/m],
])("killed %s, and the next run completes", async (_, at) => {
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
  const { code } = await start(["--yes"], at);
  expect(code).toBeNull();
  await runsToEnd();
  await expectWhole();
});

/** The Terraform of the killed one may work for a moment longer, and the lock is respected as long as it does. */
async function runsToEnd(): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { code, output } = await bootstrap();
    if (code === 0) return;
    expect(output).toMatch(/has the lock on state-trials\.tfstate since/);
  }
  throw new Error("The lock of a run that was killed is never replaced.");
}

/** The working folders of these stacks: other trials may run on this machine. */
function workingFolders(): string[] {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith("bootstrap-"));
  return folders
    .map((name) => join(tmpdir(), name))
    .filter((folder) => {
      const json = join(folder, "cdktf.out", "stacks", "state-trials", "cdk.tf.json");
      return existsSync(json) && readFileSync(json, "utf8").includes(outputs.endpoint);
    });
}

/**
 * After a kill, that is the working folder, and the provider that Terraform started there and did not end. The next
 * bootstrap removes the folder where it takes the lock over, and then Linux says so in the name.
 */
function removeWhatIsLeft(): void {
  const folders = workingFolders();
  const isDeleted = (cwd: string) =>
    cwd.startsWith(join(tmpdir(), "bootstrap-")) && cwd.endsWith("/state-trials (deleted)");
  const processes = existsSync("/proc") ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
  for (const pid of processes) {
    try {
      const cwd = readlinkSync(join("/proc", pid, "cwd"));
      if (isDeleted(cwd) || folders.some((folder) => cwd.startsWith(folder))) process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
  for (const folder of folders) rmSync(folder, { recursive: true });
}
