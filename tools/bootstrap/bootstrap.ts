import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  type BucketLocationConstraint,
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { App } from "cdktf";
import type { Environment } from "../../lib/environments";
import { bucketName, stackName } from "../../lib/names";
import { StateStack } from "../../lib/state-stack";
import { Problem } from "../../local/problem";
import { addressesOf, adoptablesOf } from "./adoptable";
import { decide, type Place, type Steps, stepsInWords } from "./decide";
import { checkAccount, look, objectText, s3Client } from "./look";
import { changeInWords, changesOf, surprises } from "./plan";
import { agrees } from "./question";
import { readState } from "./state";
import { StateLock } from "./state-lock";
import { Terraform } from "./terraform";
import { WorkingFolder } from "./working-folder";

export interface BootstrapOptions {
  /** Whether not to ask. */
  readonly yes: boolean;
  readonly stop: AbortSignal;
}

/** There is nobody to ask. */
export class NobodyToAsk extends Error {
  override readonly name = "NobodyToAsk";
}

/**
 * Makes what an environment's deployments need, or adopts what exists of it, and keeps the state of all that in its own
 * bucket. It looks at AWS first and assumes nothing, so it can be run again at any time, from any machine.
 * @returns false if the person does not agree
 * @throws Problem or NobodyToAsk with one sentence for the person
 */
export async function bootstrap(environment: Environment, { yes, stop }: BootstrapOptions): Promise<boolean> {
  const run = new Bootstrap(environment, stop);
  try {
    return await run.run(yes);
  } finally {
    run.folder.remove();
  }
}

/** Gives the lock on the state back, whose owner was killed. */
export async function unlock(environment: Environment, id: string): Promise<void> {
  await checkAccount(environment);
  await lockOf(environment, placeOf(environment), s3Client(environment)).giveBack(id);
  console.log("The lock is given back.");
}

class Bootstrap {
  readonly folder = new WorkingFolder();
  private readonly stack: string;
  private readonly place: Place;
  private readonly s3: S3Client;
  private readonly oldFile: string;

  constructor(
    private readonly environment: Environment,
    private readonly stop: AbortSignal,
  ) {
    this.stack = stackName("state", environment);
    this.place = placeOf(environment);
    this.oldFile = join(environment.stateFolder, this.place.key);
    this.s3 = s3Client(environment);
  }

  async run(yes: boolean): Promise<boolean> {
    const { folder, place, stack, stop } = this;
    const environment = this.environment;
    await checkAccount(environment);
    const { folder: stackFolder, json } = folder.synthesize((app: App) => new StateStack(app, stack, environment));
    const adoptables = adoptablesOf(json, environment.account);
    const terraform = new Terraform(stackFolder, stop);
    const lock = lockOf(environment, place, this.s3);
    const lookAndDecide = async (): Promise<Steps> => {
      const steps = decide(await look(environment, place, adoptables, this.oldFile), place);
      if ("stop" in steps) throw new Problem(steps.stop);
      return steps;
    };

    const steps = await lookAndDecide();
    console.log(`${environment.name} is account ${environment.account}, ${environment.region}.`);
    const shown = await this.planned(terraform, steps);
    const changes = changesOf(shown.json);
    const lines = stepsInWords(steps, place);
    if (lines.length === 0 && changes.length === 0) {
      console.log(`Nothing to do: everything is there, and its state is in ${inBucket(place)}.`);
      await lock.clear(folder.path);
      this.end(steps);
      return true;
    }
    console.log(shown.text);
    if (lines.length > 0) console.log(`\nIt begins with this:\n${lines.map((line) => `  - ${line}`).join("\n")}`);
    if (!yes) {
      if (!process.stdin.isTTY) throw new NobodyToAsk("There is no terminal to ask at: add --yes to do this.");
      if (!(await agrees("\nDo this?", stop))) return false;
    }

    if (steps.makeBucket) await this.makeBucket();
    const giveBack = await lock.take(folder.path);
    try {
      // Somebody else may have done something while this one asked and waited.
      const now = await lookAndDecide();
      if (now.setAside) await this.setAside();
      if (now.takeOver) await this.takeOver();
      await terraform.useBucket();
      terraform.imports(now.imports);
      const plan = await terraform.plan();
      const unexpected = surprises(changes, changesOf(plan.json));
      if (unexpected.length > 0) {
        throw new Problem(
          `The plan is no longer the one above, because somebody changed something meanwhile: it would ${unexpected.map(changeInWords).join(", ")}. Run this again.`,
        );
      }
      if (changesOf(plan.json).length > 0) await terraform.apply(plan);
      await this.checkState(addressesOf(json));
    } finally {
      await giveBack();
    }
    this.end(steps);
    return true;
  }

  /** The plan to show. What is not in the bucket yet is planned from a state in the working folder. */
  private async planned(terraform: Terraform, { makeBucket, setAside, takeOver, imports }: Steps) {
    if (makeBucket || setAside || takeOver) {
      await terraform.useOwnState(takeOver ? readFileSync(this.oldFile, "utf8") : undefined);
    } else {
      await terraform.useBucket();
    }
    terraform.imports(imports);
    return terraform.plan();
  }

  /** Makes the bucket as S3 makes one today, private and encrypted. Terraform imports it and sets the rest. */
  private async makeBucket(): Promise<void> {
    const { bucket: Bucket, region } = this.place;
    // Only outside of us-east-1 can the Region be named.
    const LocationConstraint = region === "us-east-1" ? undefined : (region as BucketLocationConstraint);
    try {
      const CreateBucketConfiguration = LocationConstraint && { LocationConstraint };
      await this.s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    } catch (error) {
      // Another bootstrap made it at the same time.
      if (!(error instanceof Error && error.name === "BucketAlreadyOwnedByYou")) throw error;
    }
    // Before the first state is stored, so that every state is kept.
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await this.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }

  /** Keeps a damaged state under another key. */
  private async setAside(): Promise<void> {
    const { bucket: Bucket, key } = this.place;
    const Key = `${key}.damaged-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}`;
    await this.s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${key}` }));
    await this.s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
    console.log(`The damaged state is kept as s3://${Bucket}/${Key}.`);
  }

  /** Stores the old file as it is. `terraform state push` would give it another lineage, because there is no state yet. */
  private async takeOver(): Promise<void> {
    const { bucket: Bucket, key: Key } = this.place;
    const Body = readFileSync(this.oldFile, "utf8");
    const how = { ContentType: "application/json", IfNoneMatch: "*", ServerSideEncryption: "AES256" } as const;
    await this.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...how }));
    console.log(`The state of ${this.oldFile} is in ${inBucket(this.place)}.`);
  }

  /** @throws Problem when the state in the bucket is not complete */
  private async checkState(addresses: readonly string[]): Promise<void> {
    const state = readState((await objectText(this.s3, this.place)) ?? "");
    if (state.kind === "damaged") throw new Problem(`${inBucket(this.place)} is damaged: ${state.why}.`);
    const missing = addresses.filter((address) => !state.addresses.includes(address));
    if (missing.length > 0) throw new Problem(`${inBucket(this.place)} lacks ${missing.join(", ")}: run this again.`);
    console.log(`Done: the state is in ${inBucket(this.place)} (serial ${state.serial}).`);
  }

  /** Says what is left, and lets Terraform forget that the state was a file in the checkout. */
  private end({ notes }: Steps): void {
    const remembered = join("cdktf.out", "stacks", this.stack, ".terraform", "terraform.tfstate");
    if (existsSync(remembered) && !readFileSync(remembered, "utf8").includes('"type": "s3"')) rmSync(remembered);
    for (const note of notes) console.log(note);
  }
}

const inBucket = ({ bucket, key }: Place) => `s3://${bucket}/${key}`;

function placeOf(environment: Environment): Place {
  const key = `${stackName("state", environment)}.tfstate`;
  return { bucket: bucketName(environment, "state"), region: environment.region, key };
}

const lockOf = ({ name }: Environment, place: Place, s3: S3Client) =>
  new StateLock(s3, place, (id) => `npm run bootstrap -- --environment ${name} --unlock ${id}`);
