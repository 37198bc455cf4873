import { existsSync, readFileSync } from "node:fs";
import { GetOpenIDConnectProviderCommand, GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetObjectCommand, HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { AUDIENCE } from "../../lib/ci-identity";
import type { Environment } from "../../lib/environments";
import { Problem } from "../../local/problem";
import { connection } from "../connection";
import type { Adoptable } from "./adoptable";
import type { BucketFound, Found, Place } from "./decide";
import { readState, type StoredState } from "./state";

// Looks at AWS and changes nothing.

/** The client of S3, also for a bucket in another Region than the environment's. */
export const s3Client = (environment: Environment) =>
  new S3Client({
    ...connection(environment),
    followRegionRedirects: true,
    ...(environment.endpoint && { forcePathStyle: true }),
  });

/** @throws Problem when the credentials are of another account than the environment's */
export async function checkAccount(environment: Environment): Promise<void> {
  const { name, account } = environment;
  const { Account } = await new STSClient(connection(environment)).send(new GetCallerIdentityCommand({}));
  if (Account !== account) {
    throw new Problem(
      `The AWS credentials are of account ${Account}, but ${name} is account ${account}: nothing was done.`,
    );
  }
}

/** What there is of the stack: in AWS, and as a file of an earlier version in the checkout. */
export async function look(
  environment: Environment,
  place: Place,
  adoptables: readonly Adoptable[],
  oldFile: string,
): Promise<Found> {
  const [s3, iam] = [s3Client(environment), new IAMClient(connection(environment))];
  const buckets: Record<string, BucketFound> = {};
  const existing: Adoptable[] = [];
  for (const adoptable of adoptables) {
    const { type, id } = adoptable;
    if (type === "aws_s3_bucket") {
      const bucket = await lookAtBucket(s3, id, environment);
      buckets[id] = bucket;
      if (typeof bucket === "object") existing.push(adoptable);
    } else if (await isInIam(iam, adoptable)) {
      existing.push(adoptable);
    }
  }
  const stored = typeof buckets[place.bucket] === "object" ? await objectText(s3, place) : undefined;
  return {
    buckets,
    state: stored === undefined ? "absent" : readState(stored),
    oldFile: readOldFile(oldFile),
    existing,
  };
}

async function isInIam(iam: IAMClient, { type, id }: Adoptable): Promise<boolean> {
  const absent = ["NoSuchEntity", "NoSuchEntityException"];
  if (type === "aws_iam_role") {
    return (await unlessAbsent(iam.send(new GetRoleCommand({ RoleName: id })), ...absent)) !== undefined;
  }
  const get = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: id });
  const provider = await unlessAbsent(iam.send(get), ...absent);
  if (provider && !provider.ClientIDList?.includes(AUDIENCE)) {
    // Others use it, too, so Terraform leaves its audiences alone.
    throw new Problem(
      `The OIDC provider ${id} exists, but not for the audience ${AUDIENCE}: add it with aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${id} --client-id ${AUDIENCE}.`,
    );
  }
  return provider !== undefined;
}

async function lookAtBucket(s3: S3Client, Bucket: string, { account, region }: Environment): Promise<BucketFound> {
  try {
    const { BucketRegion } = await s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: account }));
    return { region: BucketRegion ?? region };
  } catch (error) {
    // S3 answers this call without a text, so the SDK has only the status.
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) return "absent";
    if (status === 403) return "refused";
    throw error;
  }
}

/** The text of the stored state. */
export async function objectText(s3: S3Client, { bucket, key }: Place): Promise<string | undefined> {
  const answer = await unlessAbsent(s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })), "NoSuchKey");
  return answer?.Body?.transformToString();
}

/** The answer, or undefined if AWS says that there is no such thing. */
export async function unlessAbsent<Answer>(call: Promise<Answer>, ...names: string[]): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  }
}

function readOldFile(file: string): StoredState | "absent" {
  return existsSync(file) ? readState(readFileSync(file, "utf8")) : "absent";
}
