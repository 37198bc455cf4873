import type { Change } from "../change";
import type { Effect, People, Rule } from "../rule";
import { listed, thing } from "../words";
import type { World } from "../world";

interface Kept {
  readonly id: string;
  readonly types: readonly string[];
  readonly effect: Effect;
  readonly reason: string;
  readonly lost: (change: Change, people: People) => string;
}

/** Of a pool with so many people. */
const ofPool = (change: Change, people: People) => `of a pool with ${people(change.before("user_pool_id"))}`;

/** What holds people or what they have, and what is lost with it. */
const KEPT: readonly Kept[] = [
  {
    id: "pool-removed",
    types: ["aws_cognito_user_pool"],
    effect: "loss",
    reason: "A pool is its people: their accounts, passwords and attributes are gone, and cannot be brought back.",
    lost: (change, people) => `with ${people(change.before("id"))}: their accounts are gone for good`,
  },
  {
    id: "person-removed",
    types: ["aws_cognito_user", "aws_cognito_user_in_group"],
    effect: "loss",
    reason: "A person whom Terraform manages loses the account, or what the group allows.",
    lost: () => "which is somebody's account or membership",
  },
  {
    id: "client-removed",
    types: ["aws_cognito_user_pool_client", "aws_cognito_managed_user_pool_client"],
    effect: "access",
    reason: "An app client's id is in every app: with another one, nobody can sign in until the apps are changed.",
    lost: (change, people) => `${ofPool(change, people)}: apps that use it can sign nobody in, and its tokens end`,
  },
  {
    id: "group-removed",
    types: ["aws_cognito_user_group"],
    effect: "loss",
    reason: "All people lose their membership in a group that is deleted, and a new one with its name is empty.",
    lost: (change, people) => `${ofPool(change, people)}: all its members lose their membership`,
  },
  {
    id: "domain-removed",
    types: ["aws_cognito_user_pool_domain"],
    effect: "access",
    reason: "The pages of managed login are at the domain. Once it is gone, anybody can take its name.",
    lost: (change, people) => `${ofPool(change, people)}: its sign-in pages are gone, and others can take its name`,
  },
  {
    id: "provider-removed",
    types: ["aws_cognito_identity_provider", "aws_cognito_resource_server", "aws_cognito_identity_pool"],
    effect: "access",
    reason: "People who come through an identity provider, or programs that use its scopes, cannot sign in without it.",
    lost: ({ type }) =>
      type === "aws_cognito_identity_provider"
        ? "people who sign in through it no longer can, and under another name they are new people"
        : "people who sign in through it no longer can",
  },
  {
    id: "table-removed",
    types: ["aws_dynamodb_table", "aws_dynamodb_global_table", "aws_dynamodb_table_replica"],
    effect: "loss",
    reason: "Tables hold the block list, sign-ins and codes: with an empty one, blocked people are let in again.",
    lost: () => "with everything in it",
  },
  {
    id: "key-removed",
    types: ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key"],
    effect: "loss",
    reason: "What a key encrypted cannot be read without it: codes that are on their way, and everything stored.",
    lost: () => "and what it encrypted cannot be read any more",
  },
  {
    id: "bucket-removed",
    types: ["aws_s3_bucket"],
    effect: "loss",
    reason:
      "A bucket holds Terraform's state, or the code of the functions. Without its state Terraform makes new pools.",
    lost: () => "with everything in it",
  },
];

export const removals: Rule[] = KEPT.map(({ id, types, effect, reason, lost }) => ({
  id,
  effect,
  reason,
  check(change, _, people) {
    if (!types.includes(change.type) || !change.ends) return [];
    if (change.kind === "forget") {
      return [
        { text: `Terraform no longer knows the ${thing(change)}: it stays in AWS, and nothing here protects it.` },
      ];
    }
    const does = change.kind === "replace" ? "Replaces" : "Removes";
    return [{ text: `${does} the ${thing(change)} ${lost(change, people)}${why(change)}.` }];
  },
}));

/** The types of resources that must stay. */
export const KEPT_TYPES = KEPT.flatMap(({ types }) => types);

function why({ forcedBy, because }: Change): string {
  if (forcedBy.length > 0) return ` (because of ${listed(forcedBy)})`;
  return because === "replace_because_tainted" ? " (because it is tainted)" : "";
}

/** A function, or its role, that a pool calls. */
export const functionRemoved: Rule = {
  id: "function-removed",
  effect: "access",
  reason: "While a function or its role is replaced, the pool's calls fail, and so do sign-ups and sign-ins.",
  check(change, world) {
    const arn = change.before("arn");
    if (typeof arn !== "string") return [];
    if (isStopped(change)) {
      const pools = staying(world).filter((pool) => names(pool.after("lambda_config"), arn));
      return pools.map((pool) => ({
        text: `The ${thing(change)} may not run any more (its reserved concurrency is 0), and the ${thing(pool)} uses it: what needs it fails.`,
      }));
    }
    if (!change.goes) return [];
    if (change.type !== "aws_lambda_function" && change.type !== "aws_iam_role") return [];
    const functions = change.type === "aws_lambda_function" ? [arn] : functionsWith(arn, world);
    const pools = staying(world).filter(
      (pool) => functions.some((fn) => uses(pool, "lambda_config", fn, change)) || sends(pool, arn, change),
    );
    const does = change.kind === "replace" ? "Replaces" : "Removes";
    return pools.map((pool) => ({
      text: `${does} the ${thing(change)} while the ${thing(pool)} uses it: what needs it fails meanwhile${why(change)}.`,
    }));
  },
};

const staying = (world: World) =>
  world.of("aws_cognito_user_pool").filter(({ kind }) => kind === "update" || kind === "none" || kind === "replace");

/** Whether Lambda no longer runs the function for anybody. */
const isStopped = (change: Change) =>
  change.type === "aws_lambda_function" &&
  change.kind === "update" &&
  change.after("reserved_concurrent_executions") === 0 &&
  change.before("reserved_concurrent_executions") !== 0;

/** The functions that have the role, and stay. */
const functionsWith = (role: string, world: World) =>
  world
    .of("aws_lambda_function")
    .filter((fn) => fn.kind !== "delete" && fn.before("role") === role)
    .map((fn) => fn.before("arn"));

/**
 * Whether the pool uses it. If the pool lets go of what is removed, in the same plan, that is another finding, and it
 * goes first.
 */
const uses = (pool: Change, argument: string, arn: unknown, { kind, type }: Change) =>
  names(pool.before(argument), arn) &&
  (kind === "replace" || type === "aws_iam_role" || names(pool.after(argument), arn));

/** Whether the pool sends its text messages with the role. */
const sends = (pool: Change, role: string, { kind }: Change) =>
  names(pool.before("sms_configuration"), role) && (kind === "replace" || names(pool.after("sms_configuration"), role));

/** Whether a value is the ARN, or has it somewhere inside. */
function names(value: unknown, arn: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === arn && arn !== undefined;
  return Object.values(value).some((part) => names(part, arn));
}
