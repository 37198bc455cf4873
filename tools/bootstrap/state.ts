import { z } from "zod";

// Terraform's state as it is stored: JSON of version 4, which every Terraform since 0.12 writes.

/** What of a state decides what the bootstrap does. */
export interface State {
  readonly kind: "state";
  /** Tells one history of states from another. */
  readonly lineage: string;
  /** Grows with each state that is stored. */
  readonly serial: number;
  /** The addresses of the resources that it holds. */
  readonly addresses: readonly string[];
  /** The names of the buckets that it holds. */
  readonly buckets: readonly string[];
}

/** A state that Terraform could not use, and why. */
export interface DamagedState {
  readonly kind: "damaged";
  readonly why: string;
}

export type StoredState = State | DamagedState;

const stateSchema = z.object({
  version: z.literal(4),
  serial: z.number().int(),
  lineage: z.string().min(1),
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(z.object({ attributes: z.record(z.string(), z.unknown()).nullish() })),
    }),
  ),
});

/** Reads a stored state. */
export function readState(text: string): StoredState {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: "damaged", why: text.trim() === "" ? "it is empty" : "it is not JSON" };
  }
  const { success, data, error } = stateSchema.safeParse(json);
  if (!success) {
    const part = error.issues[0]?.path.join(".");
    return { kind: "damaged", why: part ? `its "${part}" is not that of a state` : "it is not an object" };
  }
  const managed = data.resources.filter(({ mode, instances }) => mode === "managed" && instances.length > 0);
  return {
    kind: "state",
    lineage: data.lineage,
    serial: data.serial,
    addresses: managed.map(({ type, name }) => `${type}.${name}`),
    buckets: managed
      .filter(({ type }) => type === "aws_s3_bucket")
      .flatMap(({ instances }) => instances.map(({ attributes }) => String(attributes?.bucket))),
  };
}
