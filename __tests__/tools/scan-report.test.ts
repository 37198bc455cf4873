import { type Failure, type StackJson, scanReport } from "../../tools/scan-report";

const NAME = "people_function_1A2B3C4D";
const withReason = (...ids: string[]): StackJson => ({
  resource: {
    aws_lambda_function: {
      [NAME]: { "//": { checkov: { skip: ids.map((id) => ({ id, comment: `Why not ${id}.` })) } } },
      other_function_5E6F7A8B: {},
    },
  },
});
const failure = (stack: string, rule: string, name = NAME): Failure => ({
  ...{ stack, rule, title: "Ensure it", resource: `resource.${name}` },
});
const report = (stacks: Record<string, StackJson>, ...failures: Failure[]) =>
  scanReport(new Map(Object.entries(stacks)), failures);

it("counts what has a reason, over all stacks", () => {
  const stacks = { dev: withReason("CKV_AWS_1"), prod: withReason("CKV_AWS_1") };
  expect(report(stacks, failure("dev", "CKV_AWS_1"), failure("prod", "CKV_AWS_1"))).toEqual({
    explained: ["2 × CKV_AWS_1 (Ensure it): Why not CKV_AWS_1."],
    problems: [],
  });
});

it.each([
  ["of another rule", failure("dev", "CKV_AWS_2")],
  ["of another stack", failure("prod", "CKV_AWS_1")],
  ["of another resource", failure("dev", "CKV_AWS_1", "other_function_5E6F7A8B")],
])("takes no reason %s", (_, failed) => {
  const { problems } = report(
    { dev: withReason("CKV_AWS_1"), prod: withReason() },
    failure("dev", "CKV_AWS_1"),
    failed,
  );
  const name = failed.resource.replace("resource.", "");
  expect(problems).toEqual([
    `${failed.stack}: ${name} does not follow ${failed.rule} (Ensure it): change it, or give the reason with exceptFromScan.`,
  ]);
});

it("finds a reason that nothing needs", () => {
  expect(report({ dev: withReason("CKV_AWS_1") }).problems).toEqual([
    `dev: aws_lambda_function.${NAME} follows CKV_AWS_1, but has a reason why it does not: remove that.`,
  ]);
});

it("reads the reasons of data sources", () => {
  const { resource } = withReason("CKV_AWS_1");
  expect(report({ dev: { data: resource } }, failure("dev", "CKV_AWS_1")).problems).toEqual([]);
});
