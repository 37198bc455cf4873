import type { Json } from "./synthesized";

/**
 * The statements of a policy as AWS gets them, from a property such as `policy`, which names Terraform's data source of
 * the policy. The provider writes a list of one as its only member.
 */
export function statementsOf(stack: Json, policy: string): Json[] {
  const [, id = ""] = /^\$\{data\.aws_iam_policy_document\.(.+)\.json\}$/.exec(policy) ?? [];
  const { "//": _, statement, ...more } = stack.data.aws_iam_policy_document[id];
  expect(more).toEqual({});
  return statement.map(toJson);
}

function toJson({ sid, effect, principals, actions, resources, not_resources, condition, ...more }: Json) {
  expect(more).toEqual({});
  return {
    ...(sid && { Sid: sid }),
    Effect: effect ?? "Allow",
    ...(principals && { Principal: principalOf(principals) }),
    Action: oneOrMore(actions),
    ...(resources && { Resource: oneOrMore(resources) }),
    ...(not_resources && { NotResource: oneOrMore(not_resources) }),
    ...(condition && { Condition: conditionOf(condition) }),
  };
}

const oneOrMore = (list: string[]) => (list.length === 1 ? list[0] : list);

function principalOf(principals: Json[]) {
  const of = Object.fromEntries(principals.map(({ type, identifiers }) => [type, oneOrMore(identifiers)]));
  return of["*"] ?? of;
}

function conditionOf(conditions: Json[]) {
  const all: Json = {};
  for (const { test, variable, values } of conditions) all[test] = { ...all[test], [variable]: oneOrMore(values) };
  return all;
}
