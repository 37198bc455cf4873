import { SettingsError, shown } from "./checked-settings";
import { APP, type Environment } from "./environments";

// Every name that is derived from APP, an environment and a pool. Each function below makes one kind of name, and
// checks it against what AWS takes, because AWS itself would refuse it only in the middle of a deployment.

/** What AWS takes as the name of one kind of thing. */
export interface NameRule {
  /** The thing, in an error sentence and in docs/names.md. */
  readonly thing: string;
  /** How the name is made, in words. */
  readonly form: string;
  readonly pattern: RegExp;
  /** The pattern, in words. */
  readonly characters: string;
  /** AWS's limit. */
  readonly longest: number;
  /**
   * How many characters stay free, for a suffix that tells a replaced resource from the one that replaces it.
   * @default 0
   */
  readonly free?: number;
  /** Where no other thing of this kind may have the name. */
  readonly uniqueIn:
    | "its role"
    | "its log group"
    | "its bucket"
    | "the account"
    | "the account and Region"
    | "the Region"
    | "AWS";
  /** Whether two names that differ only in case are one name for AWS. */
  readonly ignoresCase?: boolean;
}

/** The length of the suffix of a name that changes at a replacement: see lib/replacement.ts. */
const SUFFIX = "-DDhhmmss".length;

const DERIVED = "`<APP>-<environment>-<pool>`";

/**
 * The kinds of names. The limits are those of each service's API reference, and of the AWS provider where it is
 * stricter.
 */
export const NAME_RULES = {
  pool: {
    thing: "user pool",
    form: DERIVED,
    pattern: /^[\w+=,.@-]+$/,
    characters: "letters, digits and _+=,.@-",
    longest: 128,
    // Cognito takes the name twice. Its functions do not, and two pools with one name confuse people.
    uniqueIn: "the account and Region",
  },
  client: {
    thing: "app client",
    form: "the pool's name",
    pattern: /^[\w+=,.@-]+$/,
    characters: "letters, digits and _+=,.@-",
    longest: 128,
    uniqueIn: "the account and Region",
  },
  function: {
    thing: "function",
    form: "the pool's name, `-` and the trigger's folder",
    pattern: /^[A-Za-z0-9_-]+$/,
    characters: "letters, digits, hyphens and underscores",
    longest: 64,
    free: SUFFIX,
    uniqueIn: "the account and Region",
  },
  role: {
    thing: "role",
    form: "the function's name; for text messages the pool's name and `-text-messages`; for CI `<APP>-<environment>-plan` and `…-deploy`",
    pattern: /^[\w+=,.@-]+$/,
    characters: "letters, digits and _+=,.@-",
    longest: 64,
    free: SUFFIX,
    uniqueIn: "the account",
    ignoresCase: true,
  },
  policy: {
    thing: "policy",
    form: "what it allows, as `write-own-log`",
    pattern: /^[\w+=,.@-]+$/,
    characters: "letters, digits and _+=,.@-",
    longest: 128,
    free: SUFFIX,
    uniqueIn: "its role",
  },
  logGroup: {
    thing: "log group",
    form: "`/aws/lambda/` and the function's name",
    pattern: /^[\w./#-]+$/,
    characters: "letters, digits and _./#-",
    longest: 512,
    free: SUFFIX,
    uniqueIn: "the account and Region",
  },
  metricFilter: {
    thing: "metric filter",
    form: "the metric's name in kebab case, as `block-list-unavailable`",
    pattern: /^[^:*]+$/,
    characters: "any characters but : and *",
    longest: 512,
    uniqueIn: "its log group",
  },
  metricNamespace: {
    thing: "metric namespace",
    form: "the pool's name; for `BlockListUnavailable` the block list's name",
    pattern: /^[^:*$]+$/,
    characters: "any characters but :, * and $",
    longest: 255,
    uniqueIn: "the account and Region",
  },
  queue: {
    thing: "queue",
    form: "the function's name and `-dead-letters`",
    pattern: /^[A-Za-z0-9_-]+$/,
    characters: "letters, digits, hyphens and underscores",
    longest: 80,
    free: SUFFIX,
    uniqueIn: "the account and Region",
  },
  alarm: {
    thing: "alarm",
    form: "the queue's name, without its end",
    pattern: /^[ -~]+$/,
    characters: "visible ASCII characters",
    longest: 255,
    uniqueIn: "the account and Region",
  },
  table: {
    thing: "table",
    form: "the pool's name and `-sign-ins` or `-one-time-codes`; `<APP>-<environment>-block-list`",
    pattern: /^[A-Za-z0-9_.-]{3,}$/,
    characters: "3 letters, digits, hyphens, dots and underscores or more",
    longest: 255,
    uniqueIn: "the account and Region",
  },
  domain: {
    thing: "domain",
    form: "`<domainPrefix>-<pool>`",
    pattern: /^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    characters: "lower-case letters, digits and hyphens between them, without aws, amazon or cognito",
    longest: 63,
    uniqueIn: "the Region",
  },
  bucket: {
    thing: "bucket",
    form: "`<APP>-<account>-<environment>-state` and `…-code`",
    pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    characters: "lower-case letters, digits and hyphens between them, without a beginning that S3 keeps for itself",
    longest: 63,
    uniqueIn: "AWS",
  },
  code: {
    thing: "code object",
    form: "`functions/`, the stack's name, `/` and the handler's name",
    pattern: /^[ -~]+$/,
    characters: "visible ASCII characters",
    longest: 1024,
    free: SUFFIX,
    uniqueIn: "its bucket",
  },
  stack: {
    thing: "stack",
    form: "`state-<environment>` and `identity-<environment>`",
    pattern: /^[A-Za-z0-9_-]+$/,
    characters: "letters, digits, hyphens and underscores",
    // The state's key is the stack's name and `.tfstate`, and a file of that name holds the state of the state stack.
    longest: 240,
    uniqueIn: "the account",
  },
} satisfies Record<string, NameRule>;

export type NameKind = keyof typeof NAME_RULES;

/** How long a name of this kind may be, so that a suffix fits behind it. */
export const longestName = ({ longest, free = 0 }: NameRule) => longest - free;

/**
 * The name, if AWS takes it for this kind of thing.
 * @throws SettingsError naming the thing, the name and what is allowed
 */
function checkedName(kind: NameKind, name: string, from: string): string {
  const rule: NameRule = NAME_RULES[kind];
  const { thing, pattern, characters, longest, free } = rule;
  if (!pattern.test(name)) {
    throw new SettingsError(
      `The name of the ${thing} would be "${name}", but it must be ${characters}: change ${from}.`,
    );
  }
  const limit = longestName(rule);
  if (name.length > limit) {
    const reason = free ? `: AWS takes ${longest}, and ${free} stay free for a suffix` : "";
    throw new SettingsError(
      `The name of the ${thing} would be "${name}", which has ${name.length} characters, but it may have ${limit} at most${reason}: shorten ${from}.`,
    );
  }
  return name;
}

const POOL_PARTS = "the pool's id, the environment's name or APP";
const ENVIRONMENT_PARTS = "the environment's name or APP";

/**
 * The id of a pool's construct, or what stands for it. It is part of all names of the pool.
 * @param what its name in the error sentence
 * @throws SettingsError when it has characters that these names cannot have
 */
export function checkedPoolId(id: string, what = "The pool's id"): string {
  if (typeof id === "string" && /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(id)) return id;
  throw new SettingsError(
    `${what} is ${shown(id)}, but it must be ASCII letters, digits, hyphens and underscores and begin with a letter or digit, since names in AWS are made of it.`,
  );
}

/** The name of a pool. The names of everything that belongs to the pool begin with it. */
export const poolName = ({ name }: Pick<Environment, "name">, id: string) =>
  checkedName("pool", `${APP}-${name}-${id}`, POOL_PARTS);

/** The name of the pool's app client, and of the metrics that its triggers count. */
export const clientName = (pool: string) => checkedName("client", pool, POOL_PARTS);
export const poolMetrics = (pool: string) => checkedName("metricNamespace", pool, POOL_PARTS);

/** The name of the function of one trigger. */
export const functionName = (pool: string, folder: string) => checkedName("function", `${pool}-${folder}`, POOL_PARTS);

/** The names of a function's role and log group. */
export const functionRoleName = (name: string) => checkedName("role", name, POOL_PARTS);
export const logGroupName = (name: string) => checkedName("logGroup", `/aws/lambda/${name}`, POOL_PARTS);

/** The name of a policy of a function's role. */
export const policyName = (permission: string) => checkedName("policy", permission, "the permission's name");

/** The name of the filter that counts a metric, such as `BlockListUnavailable`. */
export const metricFilterName = (metric: string) =>
  checkedName("metricFilter", metric.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase(), "the metric's name");

/** The name of the role in which Cognito sends a pool's text messages. */
export const textMessagesRoleName = (pool: string) => checkedName("role", `${pool}-text-messages`, POOL_PARTS);

/** The name of a role that CI takes. */
export const ciRoleName = ({ name }: Pick<Environment, "name">, which: "plan" | "deploy") =>
  checkedName("role", `${APP}-${name}-${which}`, ENVIRONMENT_PARTS);

/**
 * Where the roles of CI are in IAM. It is another path than the functions' roles have, so that a permission for those
 * does not reach these.
 */
export const CI_ROLE_PATH = "/ci/";

export const ciRoleArn = (
  environment: Pick<Environment, "account" | "name">,
  which: Parameters<typeof ciRoleName>[1],
) => `arn:aws:iam::${environment.account}:role${CI_ROLE_PATH}${ciRoleName(environment, which)}`;

/** The name of the queue of a function's failed events. Its alarm has the same name. */
export const deadLettersName = (name: string) => checkedName("queue", `${name}-dead-letters`, POOL_PARTS);

/** The name of a table that belongs to a pool. */
export const poolTableName = (pool: string, table: string) => checkedName("table", `${pool}-${table}`, POOL_PARTS);

/** The name of an environment's block list, and of the metrics about it. */
export const blockListName = ({ name }: Pick<Environment, "name">) =>
  checkedName("table", `${APP}-${name}-block-list`, ENVIRONMENT_PARTS);

/** The domain of a pool's managed login pages, without what Cognito adds to it. */
export const domainName = (prefix: string, id: string) =>
  checkedName("domain", `${prefix}-${id}`, "the pool's id or the environment's domainPrefix");

/** The bucket of an environment's Terraform state, or of its functions' code. */
export const bucketName = ({ account, name }: Pick<Environment, "account" | "name">, purpose: "state" | "code") =>
  checkedName("bucket", `${APP}-${account}-${name}-${purpose}`, ENVIRONMENT_PARTS);

/** The name of an environment's stack. */
export const stackName = (kind: "state" | "identity", { name }: Pick<Environment, "name">) =>
  checkedName("stack", `${kind}-${name}`, "the environment's name");
