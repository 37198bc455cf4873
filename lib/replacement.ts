import { type ITerraformDependable, TerraformResource, type TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "./environments";

// What happens when Terraform must replace a resource: because it is tainted after a deployment that was cut off, or
// because an argument changed that AWS cannot change in place.

/** The day of the month and the time of the plan, so that two resources of one stack never have the same name. */
const STAMP = `\${formatdate("DDhhmmss", plantimestamp())}`;

/**
 * A name that a resource keeps as long as it lives, and that is another one if Terraform replaces the resource. Use it
 * with {@link keepName}.
 *
 * Otherwise the new resource would need the name of the old one, which is deleted last: AWS refuses the new one, or the
 * deletion of the old one takes the new one away.
 * @see https://developer.hashicorp.com/terraform/language/functions/plantimestamp
 */
export const newNameAtReplacement = (name: string) => `${name}-${STAMP}`;

/**
 * The lifecycle of a resource with such a name. Its users are updated before the old resource is deleted: the pool calls
 * the old function until Terraform updates the pool.
 * @param argument the argument that has the name
 */
export const keepName = (argument: string): TerraformResourceLifecycle => ({
  createBeforeDestroy: true,
  ignoreChanges: [argument],
});

/**
 * Refuses a plan that would replace something while people use it. Between the change of the pool and the permission for
 * the new function, and until the rights of a new role are in force, calls would fail. The refusal comes before anything
 * is changed; docs/runbook.md has the way out. A function that a cut-off deployment left half made is not in use yet, so
 * Terraform replaces it.
 * @param parts attributes that change when a part is replaced, such as its ARN
 * @param dependsOn what makes the parts usable, so that the refusal is not there before
 */
export function refuseReplacement(
  scope: Construct,
  { stage }: Pick<Environment, "stage">,
  parts: Readonly<Record<string, string>>,
  dependsOn: ITerraformDependable[],
): void {
  if (stage === "local") return;
  new ReplacedWith(scope, "in-use", parts, dependsOn);
}

/** A resource that is replaced with its parts. CDKTF's own one starts Terraform at each synthesis, to ask its version. */
class ReplacedWith extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly parts: Readonly<Record<string, string>>,
    dependsOn: ITerraformDependable[],
  ) {
    super(scope, id, { terraformResourceType: "terraform_data", lifecycle: { preventDestroy: true }, dependsOn });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { triggers_replace: this.parts };
  }
}
