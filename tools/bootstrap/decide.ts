import { type Adoptable, inWords } from "./adoptable";
import type { StoredState } from "./state";

/** What S3 says about a bucket's name: a bucket that the credentials may use is in a Region. */
export type BucketFound = "absent" | "refused" | { readonly region: string };

/** What there is before the bootstrap does anything. */
export interface Found {
  /** The buckets of the stack, by name. */
  readonly buckets: Readonly<Record<string, BucketFound>>;
  /** The state of the state stack in that bucket. */
  readonly state: StoredState | "absent";
  /** The state file that earlier versions of this project kept in the checkout. */
  readonly oldFile: StoredState | "absent";
  /** The resources of the stack that exist in AWS. */
  readonly existing: readonly Adoptable[];
}

/** Where the state is stored. */
export interface Place {
  readonly bucket: string;
  readonly region: string;
  /** The key of the state in the bucket, and the name of the old file. */
  readonly key: string;
}

/** What the bootstrap does before Terraform applies its plan. */
export interface Steps {
  /** Makes the bucket of the state. */
  readonly makeBucket: boolean;
  /** Keeps a damaged state beside under another key. */
  readonly setAside: boolean;
  /** Stores the old file's state in the bucket. */
  readonly takeOver: boolean;
  /** What Terraform imports into the state. */
  readonly imports: readonly Adoptable[];
  /** What else the person should know. */
  readonly notes: readonly string[];
}

/**
 * What to do about what was found.
 * @returns a sentence instead, if a person must do something first
 */
export function decide(found: Found, place: Place): Steps | { readonly stop: string } {
  for (const [name, bucket] of Object.entries(found.buckets)) {
    const stop = whyUnusable(name, bucket, place);
    if (stop) return { stop };
  }
  const { state, oldFile } = found;
  const takeOver = isUsed(oldFile, place) && typeof state === "string";
  const used = takeOver ? oldFile : state;
  const held = typeof used === "object" && used.kind === "state" ? used.addresses : [];
  return {
    makeBucket: found.buckets[place.bucket] === "absent",
    setAside: typeof state === "object" && state.kind === "damaged",
    takeOver,
    imports: found.existing.filter(({ address }) => !held.includes(address)),
    notes: aboutOldFile(oldFile, takeOver, place),
  };
}

function whyUnusable(name: string, found: BucketFound, { region }: Place): string | undefined {
  if (found === "refused") {
    return `The bucket ${name} exists, but your credentials may not use it: it is another account's, because a bucket's name is unique in all of AWS, or they have too few permissions. Use other credentials, or change APP in lib/environments.ts.`;
  }
  if (typeof found === "object" && found.region !== region) {
    return `The bucket ${name} is in ${found.region}, but the environment is in ${region}: correct the environment's region, or delete the bucket if nothing needs it.`;
  }
  return undefined;
}

/** Whether the old file holds the state of this place. */
function isUsed(file: StoredState | "absent", { bucket }: Place): boolean {
  return typeof file === "object" && file.kind === "state" && file.buckets.includes(bucket);
}

function aboutOldFile(file: StoredState | "absent", takeOver: boolean, place: Place): string[] {
  const { key } = place;
  if (file === "absent") return [];
  if (takeOver) return [`${key} in this checkout is no longer used afterwards, and may be deleted.`];
  if (file.kind === "damaged") return [`${key} in this checkout is not used, because ${file.why}. It may be deleted.`];
  return isUsed(file, place)
    ? [`${key} in this checkout is no longer used, because the state is in the bucket. It may be deleted.`]
    : [`${key} in this checkout is not used, because it does not hold the bucket ${place.bucket}.`];
}

/** Each step as a line for the person. */
export function stepsInWords(steps: Steps, { bucket, key }: Place): string[] {
  return [
    ...(steps.makeBucket ? [`make the bucket ${bucket} for Terraform's state, which Terraform then imports`] : []),
    ...(steps.setAside ? [`keep the damaged state ${key} in the bucket, as ${key}.damaged-<time>`] : []),
    ...(steps.takeOver ? [`store the state of the file ${key} in the bucket`] : []),
    ...steps.imports.map((resource) => `import what exists: ${inWords(resource)}`),
  ];
}
