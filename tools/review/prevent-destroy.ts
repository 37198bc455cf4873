import type { Finding } from "./findings";
import { ReviewError } from "./review-error";
import { synthesized } from "./terraform-plan";
import { quoted } from "./words";

/**
 * Resources that had `prevent_destroy` in the base and no longer have it. No plan shows that.
 * @param base the `cdktf.out` of the base
 * @param output the folder to compare, by default the `cdktf.out` of this checkout
 * @throws ReviewError when the base has none of the stacks
 */
export function preventDestroyRemoved(base: string, stacks: readonly string[], output?: string): Finding[] {
  const compared = stacks.flatMap((stack) => {
    const before = stackOf(stack, base);
    return before ? [{ before, now: synthesized(stack, output) }] : [];
  });
  if (compared.length === 0)
    throw new ReviewError(`${base} has none of the stacks ${stacks.join(", ")}: give the cdktf.out of the base.`);
  return compared.flatMap(({ before, now }) =>
    guarded(before)
      .filter((address) => isThere(now, address) && !guarded(now).includes(address))
      .map((address) => ({
        rule: "prevent-destroy-removed",
        effect: "protection",
        address,
        people: null,
        allowed: null,
        text: `Terraform no longer refuses to destroy ${quoted(address)}.`,
      })),
  );
}

type Stack = ReturnType<typeof synthesized>;

function stackOf(stack: string, base: string): Stack | undefined {
  try {
    return synthesized(stack, base);
  } catch {
    return undefined;
  }
}

function guarded({ resource = {} }: Stack): string[] {
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named)
      .filter(([, { lifecycle }]) => lifecycle?.prevent_destroy === true)
      .map(([name]) => `${type}.${name}`),
  );
}

function isThere({ resource = {} }: Stack, address: string): boolean {
  const [type = "", name = ""] = address.split(".");
  return resource[type]?.[name] !== undefined;
}
