import { type Change, UNKNOWN } from "../change";
import { namesCaller, type Statement, statementsOf, type Widening, widenings } from "../policy";
import type { Problem, Rule } from "../rule";
import { quoted, thing } from "../words";
import type { World } from "../world";
import { isDenial, told } from "./policies";

/** What a policy says who may use it. It can have the policy itself, or the policy stands beside it. */
const THINGS = [
  ...["aws_kms_key", "aws_s3_bucket", "aws_sqs_queue", "aws_sns_topic"],
  ...["aws_dynamodb_table", "aws_secretsmanager_secret"],
];

/** The policies that stand beside, and the argument that names what they are about. */
const POLICIES = new Map(
  Object.entries({
    aws_kms_key_policy: "key_id",
    aws_s3_bucket_policy: "bucket",
    aws_sqs_queue_policy: "queue_url",
    aws_sns_topic_policy: "arn",
    aws_dynamodb_resource_policy: "resource_arn",
    aws_secretsmanager_secret_policy: "secret_arn",
  }),
);

const hasPolicy = ({ type }: Change) => THINGS.includes(type) || POLICIES.has(type);

/** Who may use a key, a bucket, a queue or a table. */
export const resourceOpened: Rule = {
  id: "resource-opened",
  effect: "protection",
  reason: "Keys, buckets, queues and tables hold codes, code, state and what is stored about people.",
  check(change, world) {
    if (change.type === "aws_kms_grant") return grant(change);
    if (!hasPolicy(change)) return [];
    if (change.kind === "none" || change.kind === "delete" || change.kind === "forget") return [];
    const older = change.kind === "create" ? olderThing(change, world) : undefined;
    const isAdded = older !== undefined;
    const before = [change, ...(older ?? [])].flatMap((one) => statementsOf(one.before("policy")) ?? []);
    const after = world.policy(change, "after", "policy");
    if (change.kind === "create" && !isAdded) return after === UNKNOWN ? [] : told(change, open(after ?? []));
    if (after === UNKNOWN) {
      // The provider computes it where nobody sets it.
      if (before.length === 0 && !isAdded) return [];
      return [{ text: `Who may use what ${thing(change)} is about is known only after the deployment.` }];
    }
    return told(
      change,
      widenings(before, after ?? []).filter((one) => !isDenial(one)),
    );
  },
};

/**
 * What a new policy is about, if that is there already: the resource, which may have a policy of its own, or nothing if
 * it is not in the plan. Undefined if it is new, too.
 */
function olderThing(change: Change, world: World): Change[] | undefined {
  const about = change.after(POLICIES.get(change.type) ?? "");
  if (typeof about !== "string") return undefined;
  const things = world.changes.filter(
    (one) =>
      one !== change &&
      hasPolicy(one) &&
      ["id", "arn", "bucket", "url", "key_id"].some((name) => one.before(name) === about || one.after(name) === about),
  );
  return things.some(({ kind }) => kind === "create") ? undefined : things;
}

function grant(change: Change): Problem[] {
  if (change.kind !== "create" && change.kind !== "replace") return [];
  return [{ text: `The key gets a grant for ${quoted(change.after("grantee_principal"))}.` }];
}

/** What a new policy allows to everybody. */
const open = (list: readonly Statement[]): Widening[] =>
  list
    .filter(({ effect, principals, notPrincipals, conditions }) => {
      const isForAll = principals?.includes("*") || notPrincipals !== undefined;
      return effect === "Allow" && isForAll && ![...conditions].some(([name, values]) => namesCaller(name, values));
    })
    .map((statement) => ({ kind: "allows", statement, action: statement.actions?.[0] ?? "*" }));

/** What a bucket's policy denies: requests without TLS. */
export const tlsWeakened: Rule = {
  id: "tls-weakened",
  effect: "protection",
  reason: "Without it, state and code can travel over the network in the clear, and be read or changed on the way.",
  check(change, world) {
    if (!hasPolicy(change) || change.kind === "none" || change.kind === "create") return [];
    // What Terraform only forgets stays in AWS.
    if (change.kind === "forget") return [];
    const bucket = change.before("bucket");
    if (change.type === "aws_s3_bucket_policy" && isGone(bucket, world)) return [];
    const before = statementsOf(change.before("policy")) ?? [];
    const after = change.kind === "delete" ? [] : world.policy(change, "after", "policy");
    if (after === UNKNOWN) return [];
    const lost = widenings(before, after ?? []).filter(isDenial);
    if (lost.length === 0) return [];
    const tls = lost.some(({ statement }) =>
      [...statement.conditions.keys()].some((name) => name.includes("securetransport")),
    );
    return [
      {
        text: tls
          ? `The ${thing(change)} no longer refuses requests without TLS.`
          : (told(change, lost)[0]?.text ?? ""),
      },
    ];
  },
};

/** Whether the bucket goes too, which is a finding of its own. */
export function isGone(bucket: unknown, world: World): boolean {
  return world.of("aws_s3_bucket").some((one) => one.kind === "delete" && one.before("bucket") === bucket);
}
