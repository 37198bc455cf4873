import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Problem } from "../../local/problem";
import type { Place } from "./decide";
import { unlessAbsent } from "./look";

// Terraform's own lock on a state in S3: an object beside it. The bootstrap takes it itself, because it does more under
// it than one command of Terraform. So a deployment and a bootstrap exclude each other, too.

const OPERATION = "bootstrap";

/** The file in the working folder that has the number of the process. */
export const PROCESS_FILE = "process";

/** The lock as Terraform writes it. */
interface LockInfo {
  readonly ID: string;
  readonly Operation: string;
  /** The working folder, where the bootstrap has the lock. */
  readonly Info: string;
  readonly Who: string;
  readonly Version: string;
  readonly Created: string;
  readonly Path: string;
}

interface Held {
  readonly info: Partial<LockInfo>;
  readonly etag: string | undefined;
}

/** The lock on the state of a place. */
export class StateLock {
  private readonly object: { readonly Bucket: string; readonly Key: string };

  constructor(
    private readonly s3: S3Client,
    private readonly place: Place,
    /** The command that gives a lock back. */
    private readonly unlockCommand: (id: string) => string,
  ) {
    this.object = { Bucket: place.bucket, Key: `${place.key}.tflock` };
  }

  /**
   * Takes the lock. The lock of a bootstrap that was killed on this machine is replaced.
   * @returns a function that gives it back
   * @throws Problem naming who has it
   */
  async take(workingFolder: string): Promise<() => Promise<void>> {
    const info: LockInfo = {
      ID: randomUUID(),
      Operation: OPERATION,
      Info: workingFolder,
      Who: me(),
      Version: "",
      Created: new Date().toISOString(),
      Path: `${this.place.bucket}/${this.place.key}`,
    };
    // It may be given back between two calls.
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await this.write(info, { IfNoneMatch: "*" })) return () => this.release(info.ID);
      const held = await this.read();
      if (!held) continue;
      if (!wasKilled(held.info)) throw new Problem(this.sentence(held.info));
      if (await this.write(info, { IfMatch: held.etag })) {
        console.log("A bootstrap on this machine was killed: its lock on the state is replaced.");
        rmSync(held.info.Info ?? "", { recursive: true, force: true });
        return () => this.release(info.ID);
      }
    }
    throw new Problem(`The lock ${this.object.Key} is taken and given back again and again: try it again.`);
  }

  /** Removes the lock of a bootstrap that was killed on this machine after it had done everything. */
  async clear(workingFolder: string): Promise<void> {
    const held = await this.read();
    if (held && wasKilled(held.info)) await (await this.take(workingFolder))();
  }

  /** Gives the own lock back, unless somebody did so by its id. */
  private async release(id: string): Promise<void> {
    if ((await this.read())?.info.ID === id) await this.s3.send(new DeleteObjectCommand(this.object));
  }

  /** Gives a lock back whose owner is gone. @throws Problem when there is none with this id */
  async giveBack(id: string): Promise<void> {
    const held = await this.read();
    if (held?.info.ID === id) await this.s3.send(new DeleteObjectCommand(this.object));
    else throw new Problem(held ? this.sentence(held.info) : `Nobody has the lock on ${this.place.key}.`);
  }

  /** @returns false if the condition does not hold */
  private async write(info: LockInfo, condition: { IfNoneMatch: "*" } | { IfMatch: string | undefined }) {
    const put = new PutObjectCommand({ ...this.object, ...condition, Body: JSON.stringify(info) });
    const refused = ["PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"];
    return (await unlessAbsent(this.s3.send(put), ...refused)) !== undefined;
  }

  private async read(): Promise<Held | undefined> {
    const answer = await unlessAbsent(this.s3.send(new GetObjectCommand(this.object)), "NoSuchKey");
    if (!answer) return undefined;
    const text = (await answer.Body?.transformToString()) ?? "";
    return { info: parsed(text), etag: answer.ETag };
  }

  private sentence({ ID = "", Who = "somebody", Created, Operation = "something" }: Partial<LockInfo>): string {
    const since = Created ? ` since ${Created.slice(0, 19).replace("T", " ")} UTC` : "";
    return `${Who} has the lock on ${this.place.key}${since}, for ${OPERATIONS[Operation] ?? Operation}: wait until that ends. If it was killed, give the lock back with ${this.unlockCommand(ID)}.`;
  }
}

/** What Terraform calls what it does. */
const OPERATIONS: Readonly<Record<string, string>> = {
  OperationTypeApply: "a deployment",
  OperationTypePlan: "a plan",
  OperationTypeRefresh: "a refresh",
  [OPERATION]: "a bootstrap",
};

function parsed(text: string): Partial<LockInfo> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function me(): string {
  return `${userInfo().username}@${hostname()}`;
}

/**
 * Whether the lock is of a bootstrap on this machine that has ended. Its working folder has a random name, so it is here
 * only if it was made here. Terraform is started with the folder's name, so one that still runs is seen, too.
 */
function wasKilled({ Operation, Who, Info = "" }: Partial<LockInfo>): boolean {
  if (Operation !== OPERATION || Who !== me() || !existsSync(join(Info, PROCESS_FILE))) return false;
  const owner = readFileSync(join(Info, PROCESS_FILE), "utf8").trim();
  const { status, stdout } = spawnSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8" });
  if (status !== 0) return false;
  return !stdout
    .split("\n")
    .map((line) => line.trim())
    .some((line) => line.includes(Info) || (line.startsWith(`${owner} `) && line.includes("bootstrap")));
}
