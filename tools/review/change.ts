import type { PlannedChange } from "./plan";

/** A way to a value: names of arguments, and indexes of blocks. Terraform writes a single block as a list of one. */
export type Path = readonly (string | number)[];

/** The place of a value that Terraform knows only after the deployment. */
export const UNKNOWN = Symbol("known after apply");

export type Kind = "none" | "create" | "update" | "replace" | "delete" | "forget";

/** What a plan does to one resource, or what somebody did to it outside of Terraform. */
export class Change {
  readonly address: string;
  readonly previousAddress: string | undefined;
  readonly type: string;
  readonly kind: Kind;
  /** For a replacement: whether the new one is made before the old one is destroyed. */
  readonly createsFirst: boolean;
  /** What Terraform says about why: `replace_because_tainted`, for example. */
  readonly because: string | undefined;

  constructor(private readonly planned: PlannedChange) {
    const { address, previous_address, type, action_reason, change } = planned;
    this.address = planned.deposed ? `${address} (deposed ${planned.deposed})` : address;
    this.previousAddress = previous_address;
    this.type = type;
    this.kind = kindOf(change.actions);
    this.createsFirst = change.actions[0] === "create";
    this.because = action_reason;
  }

  /** Whether the resource is there before, and no longer there, or no longer Terraform's, afterwards. */
  get ends(): boolean {
    return this.kind === "replace" || this.kind === "delete" || this.kind === "forget";
  }

  /** Whether AWS has the resource no longer, or another one: what Terraform only forgets stays there. */
  get goes(): boolean {
    return this.kind === "replace" || this.kind === "delete";
  }

  /** The value before. Undefined where there is none: Terraform's null is the same. */
  before(...path: Path): unknown {
    return valueAt(this.planned.change.before, path);
  }

  /** The value afterwards, or {@link UNKNOWN}. */
  after(...path: Path): unknown {
    return marked(this.planned.change.after_unknown, path) ? UNKNOWN : valueAt(this.planned.change.after, path);
  }

  /** Whether Terraform would not show the value. */
  isSensitive(...path: Path): boolean {
    const { before_sensitive, after_sensitive } = this.planned.change;
    return [before_sensitive, after_sensitive].some((marks) => marked(marks, path) || holdsMark(valueAt(marks, path)));
  }

  /** Every value that Terraform would not show, as text. */
  get secrets(): string[] {
    const { before, after, before_sensitive, after_sensitive } = this.planned.change;
    return [...new Set([...secretsIn(before, before_sensitive), ...secretsIn(after, after_sensitive)])];
  }

  /** The arguments that cannot be changed in place, such as `username_attributes`. */
  get forcedBy(): string[] {
    const paths = this.planned.change.replace_paths ?? [];
    return [...new Set(paths.map(([name]) => String(name)))];
  }

  /** Whether the value, or something in it, is known only after the deployment. */
  hasUnknown(...path: Path): boolean {
    return this.after(...path) === UNKNOWN || holdsMark(valueAt(this.planned.change.after_unknown, path));
  }

  /** The names of what is known only after the deployment, in a block. */
  unknownIn(...path: Path): string[] {
    const marks = valueAt(this.planned.change.after_unknown, path);
    return isObject(marks) ? Object.keys(marks).filter((name) => holdsMark(marks[name])) : [];
  }

  /** The names of the arguments that differ. */
  get differences(): string[] {
    const { before, after } = this.planned.change;
    const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...this.unknownIn()]);
    return [...names].filter((name) => this.hasUnknown(name) || !same(this.before(name), this.after(name))).sort();
  }
}

function kindOf(actions: readonly string[]): Kind {
  const does = (action: string) => actions.includes(action);
  if (does("create")) return does("delete") || does("forget") ? "replace" : "create";
  if (does("delete")) return "delete";
  if (does("forget")) return "forget";
  return does("update") ? "update" : "none";
}

function valueAt(values: unknown, path: Path): unknown {
  let value = values;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === "number") value = value[step];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value ?? undefined;
}

/** Whether the value, or something around it, is marked as a whole. */
function marked(marks: unknown, path: Path): boolean {
  for (let length = 0; length <= path.length; length++) {
    if (valueAt(marks, path.slice(0, length)) === true) return true;
  }
  return false;
}

/** Whether something inside is marked. */
function holdsMark(marks: unknown): boolean {
  return marks === true || (typeof marks === "object" && marks !== null && Object.values(marks).some(holdsMark));
}

function secretsIn(value: unknown, marks: unknown): string[] {
  if (value === null || value === undefined || !marks) return [];
  if (typeof value !== "object") return marks === true ? [String(value)] : [];
  return Object.entries(value).flatMap(([name, part]) =>
    secretsIn(part, marks === true || Reflect.get(Object(marks), name)),
  );
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Whether two values are the same for AWS: null, an empty text, an empty list and a block of nothing but those are no
 * difference.
 */
export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

function plain(value: unknown): unknown {
  if (value === UNKNOWN) return "\u0000unknown";
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) {
    const items = value.map(plain).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value)
    .map(([name, item]) => [name, plain(item)] as const)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
