import { OwnCloud } from "./own-cloud";
import { ProtectedStacks, type Stack } from "./protected-stacks";

jest.setTimeout(20 * 60_000);

const cloud = new OwnCloud("replaced");
let stacks: ProtectedStacks;
/** What the local cloud does not give back as it was set: see lib/local-gaps.ts. */
const planned: Partial<Record<Stack, string[]>> = {};

beforeAll(async () => {
  stacks = new ProtectedStacks("replaced", await cloud.start({ fresh: true }));
  await stacks.deploy();
  for (const stack of ["state-trials", "identity-trials"] as const) planned[stack] = await stacks.planned(stack);
  for (const change of Object.values(planned).flat()) expect(change).toMatch(/^update aws_cloudwatch_metric_alarm\./);
});
afterAll(() => cloud.stop());

/** What becomes of a tainted resource of each type: docs/runbook.md says it too. */
const OUTCOMES: [stack: Stack, type: string, outcome: "replaced" | "refused"][] = [
  ["state-trials", "aws_s3_bucket", "refused"],
  ["state-trials", "aws_s3_bucket_policy", "replaced"],
  ["state-trials", "aws_s3_bucket_public_access_block", "replaced"],
  ["state-trials", "aws_s3_bucket_server_side_encryption_configuration", "replaced"],
  ["state-trials", "aws_s3_bucket_versioning", "replaced"],
  ["identity-trials", "aws_cloudwatch_log_group", "replaced"],
  ["identity-trials", "aws_cloudwatch_log_metric_filter", "replaced"],
  ["identity-trials", "aws_cloudwatch_metric_alarm", "replaced"],
  ["identity-trials", "aws_cognito_user_group", "refused"],
  ["identity-trials", "aws_cognito_user_pool", "refused"],
  ["identity-trials", "aws_cognito_user_pool_client", "refused"],
  ["identity-trials", "aws_cognito_user_pool_domain", "refused"],
  ["identity-trials", "aws_dynamodb_table", "refused"],
  ["identity-trials", "aws_iam_role", "refused"],
  ["identity-trials", "aws_iam_role_policy", "replaced"],
  ["identity-trials", "aws_kms_key", "refused"],
  ["identity-trials", "aws_lambda_function", "refused"],
  ["identity-trials", "aws_lambda_function_event_invoke_config", "replaced"],
  ["identity-trials", "aws_lambda_permission", "replaced"],
  ["identity-trials", "aws_s3_object", "replaced"],
  ["identity-trials", "aws_sqs_queue", "replaced"],
  ["identity-trials", "terraform_data", "refused"],
];

it.each(OUTCOMES)(
  "a tainted resource of %s, %s, is %s, and everybody signs in meanwhile",
  async (stack, type, outcome) => {
    const ofType = (await stacks.resources(stack)).filter((address) => address.startsWith(`${type}.`));
    // Of a trigger that every sign-in runs, where there is one.
    const address = ofType.find((name) => name.includes("pre-authentication")) ?? ofType[0] ?? "";
    expect((await stacks.terraform(stack, "taint", address)).output).toContain("has been marked as tainted");
    let applied = { code: 0, output: "" };
    const { errors, tries } = await stacks.signInDuring(async () => {
      applied = await stacks.terraform(stack, "apply", "-auto-approve", "-input=false", "-no-color");
    });
    expect(errors).toEqual([]);
    expect(tries).toBeGreaterThan(3);
    if (outcome === "refused") {
      expect(applied.output).toContain("Instance cannot be destroyed");
      expect(applied.output).not.toMatch(/(Creating|Modifying|Destroying)\.\.\./);
      expect((await stacks.terraform(stack, "untaint", address)).code).toBe(0);
    } else {
      expect(applied.output).toMatch(/Apply complete!/);
    }
    expect(await stacks.planned(stack)).toEqual(planned[stack]);
  },
);

it("has an outcome for each type of resource of both stacks", async () => {
  const types = async (stack: Stack) =>
    new Set((await stacks.resources(stack)).map((address) => `${stack} ${address.split(".")[0]}`));
  const all = [...(await types("state-trials")), ...(await types("identity-trials"))];
  expect(OUTCOMES.map(([stack, type]) => `${stack} ${type}`).sort()).toEqual(all.sort());
});
