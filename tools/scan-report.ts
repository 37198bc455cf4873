// What the scanner found in the stacks, against the exceptions that stand at their resources.

interface Exception {
  readonly id: string;
  readonly comment: string;
}

/** A resource or a data source of a stack's JSON. */
interface Block {
  readonly "//"?: { readonly checkov?: { readonly skip: readonly Exception[] } };
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** The part of a stack's JSON that holds exceptions. */
export interface StackJson {
  readonly resource?: Blocks;
  readonly data?: Blocks;
}

/** A rule that a resource of a stack does not follow. */
export interface Failure {
  /** The name of the stack. */
  readonly stack: string;
  /** As checkov names it: anything, and the resource's name, as in `resource.code_bucket_E0B119EB`. */
  readonly resource: string;
  /** The rule's id, and what it wants. */
  readonly rule: string;
  readonly title: string;
}

export interface ScanReport {
  /** A line for each rule and reason: how many resources do not follow it, and why. */
  readonly explained: string[];
  /** A sentence for each failure without a reason, and for each reason without a failure. */
  readonly problems: string[];
}

/** Compares the failures of all stacks with the exceptions of their resources. */
export function scanReport(stacks: ReadonlyMap<string, StackJson>, failures: readonly Failure[]): ScanReport {
  const exceptions = new Map<string, { address: string; comment: string; used: boolean }>();
  for (const [stack, json] of stacks) {
    for (const { type, name, block } of blocksOf(json)) {
      for (const { id, comment } of block["//"]?.checkov?.skip ?? []) {
        exceptions.set(key(stack, name, id), { address: `${stack}: ${type}.${name}`, comment, used: false });
      }
    }
  }

  const problems: string[] = [];
  const counts = new Map<string, number>();
  for (const { stack, resource, rule, title } of failures) {
    const name = resource.slice(resource.indexOf(".") + 1);
    const exception = exceptions.get(key(stack, name, rule));
    if (exception) {
      exception.used = true;
      const line = `${rule} (${title}): ${exception.comment}`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    } else {
      problems.push(
        `${stack}: ${name} does not follow ${rule} (${title}): change it, or give the reason with exceptFromScan.`,
      );
    }
  }
  for (const [at, { address, used }] of exceptions) {
    const rule = at.slice(at.lastIndexOf(" ") + 1);
    if (!used) problems.push(`${address} follows ${rule}, but has a reason why it does not: remove that.`);
  }
  return { explained: [...counts].map(([line, count]) => `${count} × ${line}`).sort(), problems };
}

// A name alone is enough: cdktf makes the names of a stack's resources unique, whatever their type.
const key = (stack: string, name: string, rule: string) => `${stack} ${name} ${rule}`;

function blocksOf({ resource = {}, data = {} }: StackJson): { type: string; name: string; block: Block }[] {
  return [resource, data].flatMap((blocks) =>
    Object.entries(blocks).flatMap(([type, named]) =>
      Object.entries(named).map(([name, block]) => ({ type, name, block })),
    ),
  );
}
