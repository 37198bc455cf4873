import type { TerraformStack } from "cdktf";
import { SettingsError } from "./checked-settings";
import { isOwnDomain } from "./domain-settings";
import { NAME_RULES, type NameKind, type NameRule } from "./names";
import { accountAndRegion } from "./terraform";

// Names are made of several parts, so different parts can make one name: the pool "b-c" of the environment "a", and the
// pool "c" of the environment "a-b". Terraform does not compare stacks, and AWS refuses the second one in the middle of
// a deployment, or lets both share a thing. So synthesis compares all stacks.

/** The resources whose names must differ: the attribute with the name, and the one with the resource that it is in. */
const NAMED: Readonly<Record<string, { kind: NameKind; attribute: string; within?: string }>> = {
  aws_cognito_user_pool: { kind: "pool", attribute: "name" },
  aws_lambda_function: { kind: "function", attribute: "function_name" },
  aws_iam_role: { kind: "role", attribute: "name" },
  aws_iam_role_policy: { kind: "policy", attribute: "name", within: "role" },
  aws_cloudwatch_log_group: { kind: "logGroup", attribute: "name" },
  aws_cloudwatch_log_metric_filter: { kind: "metricFilter", attribute: "name", within: "log_group_name" },
  aws_sqs_queue: { kind: "queue", attribute: "name" },
  aws_cloudwatch_metric_alarm: { kind: "alarm", attribute: "alarm_name" },
  aws_dynamodb_table: { kind: "table", attribute: "name" },
  aws_cognito_user_pool_domain: { kind: "domain", attribute: "domain" },
  aws_s3_bucket: { kind: "bucket", attribute: "bucket" },
  aws_s3_object: { kind: "code", attribute: "key", within: "bucket" },
};

interface Named {
  readonly stack: string;
  readonly kind: NameKind;
  readonly name: string;
}

/** @throws SettingsError when two things of these stacks would have one name where AWS allows it once */
export function checkNames(stacks: readonly TerraformStack[]): void {
  const seen = new Map<string, Named>();
  for (const stack of stacks) {
    for (const [key, named] of namesOf(stack)) {
      const other = seen.get(key);
      if (other) throw new SettingsError(sentence(other, named));
      seen.set(key, named);
    }
  }
}

function sentence(one: Named, other: Named): string {
  const { kind, name } = other;
  const { thing } = NAME_RULES[kind];
  const both =
    one.stack === other.stack
      ? `${one.stack} would have the ${thing} "${name}" twice`
      : `${one.stack} and ${other.stack} would both have the ${thing} "${name}"`;
  return `${both}, but AWS holds it once: ${changeOf(kind, name)}.`;
}

function changeOf(kind: NameKind, name: string): string {
  if (kind === "code") return "give the FunctionCode of one of them another bucket";
  if (kind === "domain" && isOwnDomain(name)) return "give one of them another customDomain";
  return "give one of them another id, or one environment another name";
}

/** The names of a stack, each with a key that is equal where the names may not be. */
function namesOf(stack: TerraformStack): [key: string, Named][] {
  const place = placeOf(stack);
  const resources: Record<string, Record<string, Record<string, unknown>>> = stack.toTerraform().resource ?? {};
  return Object.entries(NAMED).flatMap(([type, { kind, within, attribute }]) =>
    Object.values(resources[type] ?? {}).flatMap((resource): [string, Named][] => {
      const name = String(resource[attribute] ?? "").replace(FROM_TERRAFORM, UNKNOWN);
      // The whole name is another resource's, or Terraform makes it.
      if (!name.replaceAll(UNKNOWN, "")) return [];
      const { uniqueIn, ignoresCase }: NameRule = NAME_RULES[kind];
      // A domain of your own is a name of CloudFront's, which has no Regions.
      const where = kind === "domain" && isOwnDomain(name) ? "AWS" : uniqueIn;
      const owner = within ? ownerOf(stack, String(resource[within])) : place(where);
      const key = JSON.stringify([kind, owner, ignoresCase ? name.toLowerCase() : name]);
      return [[key, { stack: stack.node.id, kind, name }]];
    }),
  );
}

/** What a thing is in: a resource of its own stack, or one that several stacks share by its name. */
const ownerOf = (stack: TerraformStack, owner: string) => (owner.includes("${") ? [stack.node.id, owner] : [owner]);

/** A part of a name that only Terraform knows. */
const FROM_TERRAFORM = /\$\{[^}]*\}/g;
const UNKNOWN = "…";

/** The account and the Region that a stack is in, as far as they matter. */
function placeOf(stack: TerraformStack): (uniqueIn: NameRule["uniqueIn"]) => unknown {
  const { account, region } = accountAndRegion(stack);
  return (uniqueIn) => {
    switch (uniqueIn) {
      case "AWS":
        return [];
      case "the account":
        return [account];
      case "the Region":
        return [region];
      default:
        return [account, region];
    }
  };
}
