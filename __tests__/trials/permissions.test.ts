import { readFileSync, writeFileSync } from "node:fs";
import { deployStatements, planStatements } from "../../lib/ci-statements";
import { bucketName } from "../../lib/names";
import { shownJson } from "../../tools/terraform";
import { trialsEnvironments } from "./fixtures/trials-environments";
import { OwnCloud } from "./own-cloud";
import { FEWER_TRIGGERS, ProtectedStacks, type TrialChanges } from "./protected-stacks";
import { say } from "./say";

jest.setTimeout(60 * 60_000);

// Terraform begins without any permission. It gets each one for which a call was refused, so it needs all that it has
// at the end. It plans first, which only reads: the provider waits for minutes for what it has made and may not read.
// Each permission is on everything and without conditions, because the local cloud does not know the resource of every
// call, and evaluates no conditions on tags. Terraform's state is read and written as the administrator.

const cloud = new OwnCloud("permissions");
let stacks: ProtectedStacks;
let keys: { access_key: string; secret_key: string };
const granted = new Set<string>();

const USER = ["--user-name", "ci"];

beforeAll(async () => {
  const outputs = await cloud.start({ fresh: true });
  process.env.LOCAL_DIR = ".local/trials/permissions";
  process.env.LOCAL_PORT = new URL(outputs.endpoint).port;
  stacks = new ProtectedStacks("permissions", outputs);
  await stacks.deploy({ pools: { people: {} } });
  // This policy refuses requests without TLS, which the local cloud does not have, from all but the administrator.
  await stacks.aws("s3api", "delete-bucket-policy", "--bucket", bucketName(trialsEnvironments().local, "code"));
  await stacks.aws("iam", "create-user", ...USER);
  const { AccessKey } = JSON.parse(await stacks.aws("iam", "create-access-key", ...USER, "--output", "json"));
  keys = { access_key: AccessKey.AccessKeyId, secret_key: AccessKey.SecretAccessKey };
});
afterAll(() => cloud.stop());

/** A change of each type of resource that settings do not change, or only together with much else. */
const CHANGED: Record<string, object> = {
  aws_cognito_user_pool: { mfa_configuration: "OPTIONAL", software_token_mfa_configuration: { enabled: true } },
  aws_cognito_user_pool_client: { refresh_token_validity: 7 },
  aws_dynamodb_table: { deletion_protection_enabled: false },
  aws_iam_role: { description: "changed" },
  aws_kms_key: { description: "changed" },
  aws_s3_object: { source_hash: "changed" },
  aws_sqs_queue: { message_retention_seconds: 86_400 },
};

/** The permissions that the roles have, and this trial may end without. docs/ci.md says why. */
const NOT_TRIED = new RegExp(
  `^(${[
    // They are of the state stack.
    "s3:Get(?!Object).*|s3:ListBucket|iam:GetOpenIDConnectProvider",
    // The local cloud does not ask for them, or for another one.
    "iam:PassRole|iam:CreateServiceLinkedRole|kms:CreateGrant|lambda:.*EventInvokeConfig|s3:PutObject",
    // The trial makes no such change. The local cloud serves no UpdateGroup.
    "cognito-idp:(AddCustomAttributes|UpdateGroup|.*IdentityProvider|(Update|Delete)UserPoolDomain)",
    "iam:(PutRolePermissionsBoundary|UpdateAssumeRolePolicy|UpdateRole)|kms:PutKeyPolicy|s3:DeleteObject",
  ].join("|")})$`,
);

/** Synthesizes the stacks, for CI's keys. */
async function synthesize(changes: TrialChanges, more: Record<string, object> = {}): Promise<void> {
  await stacks.synthesize(changes);
  const json = JSON.parse(readFileSync(stacks.stackFile, "utf8"));
  for (const [type, values] of Object.entries(more)) {
    for (const resource of Object.values(json.resource[type])) Object.assign(resource as object, values);
  }
  Object.assign(json.provider.aws[0], keys);
  writeFileSync(stacks.stackFile, JSON.stringify(json));
}

async function grant(actions: readonly string[]): Promise<void> {
  for (const action of actions) granted.add(action);
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: [...granted], Resource: "*" }] };
  const document = ["--policy-name", "ci", "--policy-document", JSON.stringify(policy)];
  await stacks.aws("iam", "put-user-policy", ...USER, ...document);
}

/** The permissions for which calls were refused. S3 does not name the one for HeadObject, which is s3:GetObject. */
const refusedIn = (output: string): string[] => [
  ...[...output.matchAll(/not\s+authorized\s+to\s+perform:\s+([\w-]+:\w+)/g)].map(([, action = ""]) => action),
  ...(/HeadObject,[^,]*StatusCode:\s+403/.test(output) ? ["s3:GetObject"] : []),
];

/** Runs Terraform until nothing is refused. Before each further run it gets what it was refused for. */
async function runUntilAllowed(phase: string, ...args: string[]): Promise<void> {
  for (;;) {
    const { code, output } = await stacks.terraform("identity-trials", ...args, "-input=false", "-no-color");
    if (code === 0) return;
    const more = [...new Set(refusedIn(output))].filter((action) => !granted.has(action)).sort();
    if (more.length === 0) throw new Error(output.slice(-6000));
    say(`${phase}: ${more.join(" ")}`);
    await grant(more);
    await untaint();
  }
}

/** What was made and could not be read is tainted: the next run would replace it, which its protection refuses. */
async function untaint(): Promise<void> {
  const { output } = await stacks.terraform("identity-trials", "show", "-json");
  const { values } = JSON.parse(shownJson(output));
  const resources: { address: string; tainted?: boolean }[] = values?.root_module.resources ?? [];
  for (const { address, tainted } of resources) {
    if (tainted) await stacks.terraform("identity-trials", "untaint", address);
  }
}

it("reads, makes, changes and deletes with what CI's roles may do, and needs all of it", async () => {
  await synthesize({ pools: { people: {} } });
  await runUntilAllowed("reads", "plan", "-lock=false");
  await synthesize({ pools: { people: {}, second: {} } });
  await runUntilAllowed("makes", "apply", "-auto-approve");
  await synthesize({ pools: { people: { passwordLength: 14 }, second: {} }, tag: "changed" }, CHANGED);
  await runUntilAllowed("changes", "apply", "-auto-approve");
  await synthesize({ pools: { people: { passwordLength: 14 }, second: { triggers: FEWER_TRIGGERS } } }, CHANGED);
  await runUntilAllowed("takes away", "apply", "-auto-approve");

  const { trials } = trialsEnvironments();
  const statements = [...planStatements(trials), ...deployStatements(trials)];
  const allowed = new Set(statements.flatMap(({ actions }) => actions ?? []));
  say(`needs ${granted.size} of ${allowed.size}`);
  expect([...granted].filter((action) => !allowed.has(action))).toEqual([]);
  expect([...allowed].filter((action) => !granted.has(action) && !NOT_TRIED.test(action))).toEqual([]);
});
