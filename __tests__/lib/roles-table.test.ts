import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import { BlockList } from "../../lib/block-list";
import { FunctionCode } from "../../lib/function-code";
import { awsProvider } from "../../lib/terraform";
import { UserPool, type UserPoolProps } from "../../lib/user-pool";
import { ALL_TRIGGERS, LEGACY_TABLE, SES_MAIL, WEBHOOK_SECRET } from "../all-triggers";
import { ROOT } from "../checkout";
import { statementsOf } from "./policies";
import { type Json, STAMP, synthesize, testEnvironment } from "./synthesized";

// The table in docs/security.md is made of the synthesized policies: no function gets a right that the page does not show.

const BEGIN = "<!-- GENERATED: __tests__/lib/roles-table.test.ts prints what stands here when it differs -->";
const END = "<!-- END OF GENERATED -->";

/** In what each further pool differs from the first: what it has, or what it has not. */
const VARIANTS = {
  listed: { has: "a block list" },
  guarded: { has: "`takeOverGuard`" },
  hooked: { has: "a webhook" },
  aliased: { has: '`signIn: "username-or-alias"`' },
  unmigrated: { hasNot: "user migration" },
  linked: { has: "`linking`" },
};
const POOLS = ["plain", ...Object.keys(VARIANTS)];

const { triggers } = ALL_TRIGGERS;
const through = { webhook: { url: "https://hooks.example.org/codes", secretParameter: WEBHOOK_SECRET } };

const json = synthesize((app) => {
  const environment = testEnvironment({ mail: SES_MAIL });
  const stack = new TerraformStack(app, "identity-test");
  awsProvider(stack, environment);
  const code = new FunctionCode(stack, "code", { bucket: "code", packaging: "synth" });
  const pool = (id: string, changes: Partial<UserPoolProps> = {}) =>
    new UserPool(stack, id, { environment, code, ...ALL_TRIGGERS, ...changes });
  pool("plain");
  pool("listed", { blockList: new BlockList(stack, "block-list", environment) });
  pool("guarded", {
    triggers: { ...triggers, preSignUp: { autoVerify: ["email"], takeOverGuard: "skip", confirmWithoutProof: true } },
  });
  // Providers and linking do not go with every trigger, nor with every environment.
  pool("linked", {
    environment: { ...environment, stage: "local", domainPrefix: "people" },
    authFlows: ["password"],
    identityProviders: { oidc: { Company: { issuer: "https://login.example.org", clientId: "pool" } } },
    triggers: { preSignUp: { linking: {} }, userMigration: triggers.userMigration },
  });
  pool("aliased", { signIn: "username-or-alias" });
  const { userMigration: _, ...others } = triggers;
  pool("unmigrated", { triggers: others });
  pool("hooked", {
    triggers: {
      ...triggers,
      customEmailSender: { ...triggers.customEmailSender, through },
      customSmsSender: { ...triggers.customSmsSender, through },
    },
  });
  return stack;
});
const { resource } = json;

const folders = readdirSync(join(ROOT, "functions")).filter((folder) => folder !== "shared");
const LINKED = ["pre-sign-up", "user-migration", "pre-authentication", "pre-token-generation"];
const hasFunction = (pool: string, folder: string) =>
  pool === "linked" ? LINKED.includes(folder) : pool !== "unmigrated" || folder !== "user-migration";
const roleOf = (pool: string, folder: string) => `aws_iam_role.${pool}_${folder}_role`;

/** A text in which references such as `${aws_iam_role.plain_pre-sign-up_role_8A9B0C1D.arn}` are addresses without the hash. */
const plain = (text: string) => text.replace(/\$\{(\w+\.[\w-]+)_[0-9A-F]{8}\.\w+\}/g, "$1");

/** The pools that have a folder's function. */
const poolsWith = new Map<string, Set<string>>();

/** Each right as the beginning of its row, with the pools whose function has it. */
function rightsOf(policies: Json[]): Map<string, Set<string>> {
  const rights = new Map<string, Set<string>>();
  for (const { name, role, policy } of policies) {
    const [, pool = "", folder = ""] = /^aws_iam_role\.([a-z]+)_(.+)_role$/.exec(plain(role)) ?? [];
    if (!folders.includes(folder)) continue;
    for (const { Effect, Action, Condition, ...on } of statementsOf(json, policy)) {
      expect(Effect).toBe("Allow");
      const actions = [Action].flat().map((action) => `\`${action}\``);
      const right = [
        folder,
        `\`${name.replace(STAMP, "")}\``,
        actions.join("<br>"),
        onWhat(on, pool, folder),
        condition(Condition, pool),
      ];
      const begin = `| ${right.join(" | ")} |`;
      poolsWith.set(folder, (poolsWith.get(folder) ?? new Set()).add(pool));
      rights.set(begin, (rights.get(begin) ?? new Set()).add(pool));
    }
  }
  return rights;
}

/** A statement's resource in words. One that has none yet is an error: the page must say what it is. */
function onWhat(on: Json, pool: string, folder: string): string {
  const named = (service: string, path: string) => `arn:aws:${service}:eu-west-1:111111111111:${path}`;
  const words: Record<string, string> = {
    [`aws_cloudwatch_log_group.${pool}_${folder}_log-group:*`]: "its own log",
    [`aws_sqs_queue.${pool}_${folder}-dead-letters_queue`]: "its own dead-letter queue",
    [`aws_cognito_user_pool.${pool}_pool`]: "its own pool",
    [`aws_kms_key.${pool}_code-key`]: "its pool's key of codes",
    [`aws_dynamodb_table.${pool}_sign-ins_table`]: "its pool's table of sign-ins",
    [`aws_dynamodb_table.${pool}_one-time-codes_table`]: "its pool's table of one-time codes",
    "aws_dynamodb_table.block-list_table": "the environment's block list",
    [SES_MAIL.identityArn]: "the environment's SES identity",
    [named("dynamodb", `table/${LEGACY_TABLE}`)]: "the table that its settings name",
    [named("ssm", `parameter${WEBHOOK_SECRET}`)]: "the parameter that its settings name",
  };
  if (on.NotResource === "arn:aws:sns:*:*:*") return "all but topics, which leaves phone numbers";
  const found = words[plain(String(on.Resource))];
  if (found) return found;
  throw new Error(`${folder} of ${pool} may do something with ${JSON.stringify(on)}: find words for it.`);
}

/** The same of a condition. */
function condition(given: Json, pool: string): string {
  if (!given) return "";
  const words: Record<string, string> = {
    [`{"kms:EncryptionContext:userpool-id":"aws_cognito_user_pool.${pool}_pool"}`]: "encrypted for its own pool",
    '{"ses:FromAddress":"no-reply@mail.example.org"}': "from the environment's address",
  };
  const { StringEquals, ...more } = given;
  const found = words[plain(JSON.stringify(StringEquals ?? {}))];
  if (found && Object.keys(more).length === 0) return found;
  throw new Error(`${pool} has the condition ${JSON.stringify(given)}: find words for it.`);
}

/** With which settings a function has a right that these pools' functions have. */
function when(begin: string, pools: Set<string>): string {
  const folder = begin.split(" ")[1] ?? "";
  if (pools.size === poolsWith.get(folder)?.size) return "always";
  const inPlain = pools.has("plain");
  const [deciding, ...others] = Object.entries(VARIANTS).filter(
    ([pool]) => poolsWith.get(folder)?.has(pool) && pools.has(pool) !== inPlain,
  );
  expect(others).toEqual([]);
  const difference: { has?: string; hasNot?: string } = deciding?.[1] ?? {};
  return inPlain === "hasNot" in difference
    ? `with ${difference.has ?? difference.hasNot}`
    : `without ${difference.has}`;
}

const policies = Object.values<Json>(resource.aws_iam_role_policy);
const roles = Object.entries<Json>(resource.aws_iam_role).map(([id, role]) => ({
  address: plain(`\${aws_iam_role.${id}.name}`),
  ...role,
}));
const isFunctions = ({ assume_role_policy }: Json) =>
  statementsOf(json, assume_role_policy)[0].Principal.Service === "lambda.amazonaws.com";

const table = [
  "| function | right | actions | on | on condition that it is | when |",
  "|---|---|---|---|---|---|",
  ...[...rightsOf(policies)].map(([begin, pools]) => `${begin} ${when(begin, pools)} |`).sort(),
].join("\n");

it("is what docs/security.md shows", () => {
  const page = readFileSync(join(ROOT, "docs/security.md"), "utf8");
  expect(page).toContain([BEGIN, table, END].join("\n\n"));
});

it.each(folders)("has the role of every function of %s", (folder) => {
  expect(table).toContain(`\n| ${folder} | \`write-own-log\` |`);
  const functions = Object.values<Json>(resource.aws_lambda_function).map(({ role }) => plain(role));
  for (const pool of POOLS.filter((one) => hasFunction(one, folder))) expect(functions).toContain(roleOf(pool, folder));
  const all = POOLS.flatMap((pool) => folders.filter((one) => hasFunction(pool, one)));
  expect(functions).toHaveLength(all.length);
});

it("has all that these roles may do, since nothing gives them more", () => {
  expect(Object.keys(resource).filter((type) => type.startsWith("aws_iam_"))).toEqual([
    "aws_iam_role",
    "aws_iam_role_policy",
  ]);
  for (const role of roles) {
    expect(role).not.toHaveProperty("inline_policy");
    expect(role).not.toHaveProperty("managed_policy_arns");
  }
  const withRights = new Set(policies.map(({ role }) => plain(role)));
  expect([...withRights].sort()).toEqual(roles.map(({ address }) => address).sort());
});

it("leaves out no role but that in which Cognito itself sends text messages", () => {
  const addresses = roles.filter((role) => !isFunctions(role)).map(({ address }) => address);
  expect(addresses.sort()).toEqual(POOLS.map((pool) => roleOf(pool, "text-messages")).sort());
});
