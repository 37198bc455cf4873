import type { TrialPools } from "./fixtures/protected";
import { OwnCloud } from "./own-cloud";
import { FEWER_TRIGGERS, ProtectedStacks } from "./protected-stacks";
import { say } from "./say";

jest.setTimeout(40 * 60_000);

const cloud = new OwnCloud("interrupted");
let stacks: ProtectedStacks;

const PEOPLE: TrialPools = { people: { triggers: ["preSignUp", "preAuthentication", "postConfirmation"] } };
const ALL: TrialPools = { ...PEOPLE, second: {} };
const FEW: TrialPools = { ...PEOPLE, second: { passwordLength: 14, triggers: FEWER_TRIGGERS } };

beforeAll(async () => {
  stacks = new ProtectedStacks("interrupted", await cloud.start({ fresh: true }));
  await stacks.deploy({ pools: PEOPLE });
});
afterAll(() => cloud.stop());

async function expectNothingPlanned(): Promise<void> {
  // The local cloud does not give back some properties of alarms: see lib/local-gaps.ts.
  for (const change of await stacks.planned("identity-trials")) {
    expect(change).toMatch(/^update aws_cloudwatch_metric_alarm\./);
  }
}

/** The types of resources that a deployment can be killed at. */
const MADE = [
  "aws_kms_key",
  "aws_iam_role",
  "aws_s3_object",
  "aws_cloudwatch_log_group",
  "aws_dynamodb_table",
  "aws_sqs_queue",
  "aws_iam_role_policy",
  "aws_lambda_function",
  "aws_cloudwatch_log_metric_filter",
  "aws_cloudwatch_metric_alarm",
  "aws_lambda_function_event_invoke_config",
  "aws_cognito_user_pool",
  "aws_lambda_permission",
  "aws_cognito_user_pool_client",
  "aws_cognito_user_pool_domain",
  "aws_cognito_user_group",
  "terraform_data",
];
const CHANGED = [
  "aws_iam_role",
  "aws_s3_object",
  "aws_cloudwatch_log_group",
  "aws_dynamodb_table",
  "aws_sqs_queue",
  "aws_lambda_function",
  "aws_cognito_user_pool",
];
const DESTROYED = [
  "terraform_data",
  "aws_lambda_permission",
  "aws_lambda_function_event_invoke_config",
  "aws_cloudwatch_metric_alarm",
  "aws_lambda_function",
  "aws_iam_role_policy",
  "aws_iam_role",
  "aws_cloudwatch_log_group",
];

it("kills at every type of resource of the stack", async () => {
  await stacks.synthesize({ pools: ALL });
  expect(stacks.synthesizedTypes().sort()).toEqual([...MADE].sort());
});

it.each([
  ["made", "Creating...", MADE, { pools: ALL }],
  ["changed", "Modifying...", CHANGED, { pools: ALL, tag: "changed" }],
  ["destroyed", "Destroying...", DESTROYED, { pools: FEW, tag: "changed" }],
])(
  "deployments that are killed when a resource of each type is %s, and the last one ends",
  async (_, verb, types, changes) => {
    await stacks.synthesize(changes);
    const left = new Set(types);
    const { errors } = await stacks.signInDuring(async () => {
      for (let killed: string | undefined = ""; killed !== undefined; ) {
        // At whichever type comes first: in another order, a deployment could end between two of them.
        const deployed = await stacks.deployAgain(new RegExp(`^(${[...left].join("|")})\\.\\S+: ${verb}`, "m"));
        killed = deployed.killed;
        for (const line of [...deployed.steps, killed === undefined ? "done" : `killed: ${killed}`]) say(line);
        left.delete(killed?.split(".")[0] ?? "");
      }
    });
    for (const one of await stacks.leftOver()) say(`left over: ${one}`);
    expect(errors).toEqual([]);
    expect([...left]).toEqual([]);
    await expectNothingPlanned();
    expect((await stacks.signInDuring(async () => {}, "second")).errors).toEqual([]);
  },
);

it("two deployments at once: one ends, and the other says who has the lock, or that nothing is left", async () => {
  await stacks.synthesize({ pools: FEW, tag: "by two" });
  const both = await Promise.all([stacks.apply(), stacks.apply()]);
  for (const { output } of both) say(output.trim().split("\n").slice(-12).join("\n"));
  expect(both.filter(({ code }) => code === 0)).not.toEqual([]);
  for (const { code, output } of both) {
    if (code === 0) continue;
    expect(output).toContain("Error acquiring the state lock");
    expect(output).toMatch(/Who: +\S+@\S+/);
  }
  await expectNothingPlanned();
});
