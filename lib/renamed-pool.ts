import { TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { SettingsError } from "./checked-settings";

/**
 * Lets Terraform take over the resources of a pool that had another id: their addresses in the state change, and nothing
 * in AWS does.
 * @param formerId the id that the construct had at the last deployment
 * @throws SettingsError when there still is a construct with that id
 * @see https://developer.hashicorp.com/terraform/language/moved
 */
export function takeOver(pool: Construct, formerId: string): void {
  const parent = pool.node.scope;
  if (!parent) return;
  const mistakes = () =>
    parent.node.tryFindChild(formerId)
      ? [
          `${pool.node.id}.renamedFrom is "${formerId}", but there still is a construct with that id: take it out, or leave renamedFrom out.`,
        ]
      : [];
  const [before] = mistakes();
  if (before !== undefined) throw new SettingsError(before);
  // It can also be made later.
  pool.node.addValidation({ validate: mistakes });
  for (const resource of pool.node.findAll()) {
    if (!TerraformResource.isTerraformResource(resource)) continue;
    const path = resource.node.scopes.slice(pool.node.scopes.length).map(({ node }) => node.id);
    resource.moveFromId(`${resource.terraformResourceType}.${addressIn(parent, [formerId, ...path])}`);
  }
}

/** The name that CDKTF gives a resource at this path. Constructs that are no resources are in no synthesized JSON. */
function addressIn(parent: Construct, path: string[]): string {
  const [first = "", ...more] = path;
  const former = new Construct(parent, first);
  const last = more.reduce<Construct>((scope, id) => new Construct(scope, id), former);
  const address = TerraformStack.of(parent).getLogicalId(last.node);
  parent.node.tryRemoveChild(first);
  return address;
}

/** The addresses of a stack's resources that have moved, each with the one before. */
export function movesIn(stack: TerraformStack): { from: string; to: string }[] {
  return stack.node.findAll().flatMap((resource) => {
    const move = TerraformResource.isTerraformResource(resource) ? resource.hasResourceMove() : undefined;
    return move && "from" in move ? [move] : [];
  });
}
