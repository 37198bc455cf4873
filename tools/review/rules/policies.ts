import { type Change, isObject, UNKNOWN } from "../change";
import { isUnlimited, type Statement, statementsOf, type Widening, widenings } from "../policy";
import type { Problem, Rule } from "../rule";
import { quoted, thing } from "../words";
import type { World } from "../world";

type When = "before" | "after";

/** What a role may do, and who may take it. */
export const roleWidened: Rule = {
  id: "role-widened",
  effect: "protection",
  reason: "A function that can do more than its task does more harm when somebody finds a way into it.",
  check(change, world) {
    if (change.kind === "none" || change.kind === "forget") return [];
    switch (change.type) {
      case "aws_lambda_function":
        return otherRole(change, "runs with");
      case "aws_cognito_user_group":
        return otherRole(change, "gives its members");
      case "aws_iam_role":
        return [...trust(change, world), ...boundary(change), ...inlinePolicies(change, world)];
      case "aws_iam_role_policy":
        return rolePolicy(change, world);
      case "aws_iam_policy":
        return change.kind === "delete" ? [] : compared(change, statements(change, "before", world), world);
      case "aws_iam_role_policy_attachment":
        return attachment(change, world);
      default:
        return [];
    }
  },
};

/** Another role, of which nothing else in the plan need say what it may do. */
function otherRole(change: Change, does: string): Problem[] {
  const argument = change.type === "aws_cognito_user_group" ? "role_arn" : "role";
  const [before, after] = [change.before(argument), change.after(argument)];
  if (change.kind !== "update" || !after || after === before) return [];
  return [{ text: `The ${thing(change)} ${does} another role.` }];
}

/** Who may take the role. */
function trust(change: Change, world: World): Problem[] {
  if (change.kind === "delete") return [];
  const after = world.policy(change, "after", "assume_role_policy");
  const before = statementsOf(change.before("assume_role_policy"));
  if (change.kind === "create") {
    const list = after === UNKNOWN ? [] : (after ?? []);
    const anybody = list.some(({ effect, principals }) => effect === "Allow" && principals?.includes("*"));
    return anybody ? [{ text: `Anybody can take the ${thing(change)}.` }] : [];
  }
  if (after === UNKNOWN) return [{ text: `Who can take the ${thing(change)} is known only after the deployment.` }];
  return widenings(before ?? [], after ?? [])
    .slice(0, 1)
    .map(({ statement: { principals, conditions } }) => ({
      text: `The ${thing(change)} can be taken by ${quoted(principals?.join(", "))} under ${conditions.size > 0 ? "other" : "no"} conditions, as it could not before.`,
    }));
}

function boundary(change: Change): Problem[] {
  if (change.kind !== "update" && change.kind !== "replace") return [];
  const [before, after] = [change.before("permissions_boundary"), change.after("permissions_boundary")];
  if (!before || before === after) return [];
  return [{ text: `The ${thing(change)} ${after ? "gets another" : "loses its"} permissions boundary.` }];
}

/** The policies inside of a role, if the configuration sets them there. The provider shows every policy there. */
function inlinePolicies(change: Change, world: World): Problem[] {
  if (change.kind === "delete") return [];
  if (change.after("inline_policy") === UNKNOWN && change.kind === "update") {
    if (world.isSet(change, "inline_policy") !== true) return [];
    return [{ text: `What the ${thing(change)} may do is known only after the deployment.` }];
  }
  const after = inlineOf(change, "after");
  const before = [...grantsOf(roleName(change), world, "before"), ...inlineOf(change, "before")];
  const attached = managedOf(change, "after").filter((arn) => !attachedTo(change, world).includes(arn));
  return [
    ...told(change, change.kind === "create" ? unlimited(after) : widenings(before, after)),
    ...attached.slice(0, 1).map((arn) => ({ text: `The ${thing(change)} gets the policy ${quoted(arn)}.` })),
  ];
}

const roleName = (change: Change) => change.before("name") ?? change.after("name");

const managedOf = (change: Change, when: When): string[] => {
  const arns = change[when]("managed_policy_arns");
  return Array.isArray(arns) ? arns.filter((arn) => typeof arn === "string") : [];
};

const attachedTo = (change: Change, world: World): unknown[] => [
  ...managedOf(change, "before"),
  ...world
    .of("aws_iam_role_policy_attachment")
    .filter((one) => one.before("role") === roleName(change) || one.after("role") === roleName(change))
    .flatMap((one) => [one.before("policy_arn"), one.after("policy_arn")]),
];

function inlineOf(change: Change, when: When): Statement[] {
  const policies = change[when]("inline_policy");
  return (Array.isArray(policies) ? policies : []).flatMap((one) =>
    isObject(one) ? (statementsOf(one.policy) ?? []) : [],
  );
}

function rolePolicy(change: Change, world: World): Problem[] {
  if (change.kind === "delete") {
    // Only what it denied is missed.
    const role = change.before("role");
    return told(
      change,
      widenings(statements(change, "before", world), grantsOf(role, world, "after")).filter(isDenial),
    );
  }
  const role = change.after("role");
  const isNewRole =
    role === UNKNOWN || world.of("aws_iam_role").some((one) => one.kind === "create" && one.after("name") === role);
  if (isNewRole && change.kind === "create") return told(change, unlimited(statements(change, "after", world)));
  const mayAlready = role === UNKNOWN ? [] : grantsOf(role, world, "before");
  return compared(change, [...mayAlready, ...statements(change, "before", world)], world);
}

/** Everything that the policies of a role allow. */
function grantsOf(role: unknown, world: World, when: When): readonly Statement[] {
  return typeof role === "string" ? (grants(world, when).get(role) ?? []) : [];
}

const kept = {
  before: new WeakMap<World, Map<string, Statement[]>>(),
  after: new WeakMap<World, Map<string, Statement[]>>(),
};

/** What each role may do, by its name. It is found out once, because every policy of a role asks for it. */
function grants(world: World, when: When): Map<string, Statement[]> {
  const found = kept[when].get(world) ?? new Map<string, Statement[]>();
  if (kept[when].has(world)) return found;
  kept[when].set(world, found);
  for (const policy of world.of("aws_iam_role_policy")) {
    const role = policy[when]("role");
    if (typeof role !== "string") continue;
    const list = found.get(role) ?? [];
    list.push(...statements(policy, when, world));
    found.set(role, list);
  }
  return found;
}

/** What is known of a policy. */
function statements(change: Change, when: When, world: World): readonly Statement[] {
  const list = world.policy(change, when, "policy");
  return list === UNKNOWN ? [] : (list ?? []);
}

function compared(change: Change, before: readonly Statement[], world: World): Problem[] {
  const read = world.policy(change, "after", "policy");
  if (read === UNKNOWN) {
    return change.kind === "create" && before.length === 0 && change.type === "aws_iam_policy"
      ? []
      : [{ text: `What ${thing(change)} allows is known only after the deployment.` }];
  }
  if (!read)
    return change.after("policy") === undefined ? [] : [{ text: `What ${thing(change)} allows cannot be read.` }];
  const isNew = change.kind === "create" && before.length === 0 && change.type === "aws_iam_policy";
  return told(change, isNew ? unlimited(read) : widenings(before, read));
}

const unlimited = (list: readonly Statement[]): Widening[] =>
  list.filter(isUnlimited).map((statement) => ({ kind: "allows", statement, action: statement.actions?.[0] ?? "*" }));

export const isDenial = ({ kind }: Widening) => kind === "no longer denies";

/** One sentence for all that is wider: the first in full. */
export function told(change: Change, found: readonly Widening[]): Problem[] {
  const [first] = found;
  if (!first) return [];
  const { kind, action, statement } = first;
  const on = statement.resources ? ` on ${quoted(statement.resources.join(", "))}` : "";
  const others = found.length > 1 ? `, and ${found.length - 1} more` : "";
  const conditions = statement.conditions.size > 0 ? " under other conditions" : "";
  const does = kind === "allows" ? "allows" : "no longer denies";
  const { principals } = statement;
  const to = principals ? ` to ${quoted(principals.join(", "))}` : "";
  return [{ text: `The ${thing(change)} ${does}${to} ${quoted(action)}${on}${conditions}${others}, unlike before.` }];
}

function attachment(change: Change, world: World): Problem[] {
  if (change.kind === "delete") return [];
  const [role, arn] = [change.after("role"), change.after("policy_arn")];
  const had = world
    .of("aws_iam_role_policy_attachment")
    .some((one) => one.before("role") === role && one.before("policy_arn") === arn);
  if (had && arn !== UNKNOWN) return [];
  const isNewRole =
    role === UNKNOWN || world.of("aws_iam_role").some((one) => one.kind === "create" && one.after("name") === role);
  const isBroad = typeof arn === "string" && /(FullAccess|AdministratorAccess|PowerUserAccess)$/.test(arn);
  if (isNewRole && change.kind === "create" && !isBroad) return [];
  return [
    {
      text: `The role of ${thing(change)} gets the policy ${arn === UNKNOWN ? "that is known only after the deployment" : quoted(arn)}.`,
    },
  ];
}
