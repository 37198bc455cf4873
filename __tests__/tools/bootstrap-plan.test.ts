import { changesOf, surprises } from "../../tools/bootstrap/plan";

const change = (address: string, actions: string[], importing?: object) => ({
  address,
  change: { actions, importing },
});

it("finds the changes of a plan: resources, what is only imported, and outputs", () => {
  const plan = {
    format_version: "1.2",
    resource_changes: [
      change("aws_s3_bucket.same", ["no-op"]),
      change("data.aws_iam_policy_document.read", ["read"]),
      change("aws_s3_bucket.imported", ["no-op"], { id: "bucket" }),
      change("aws_s3_bucket_policy.new", ["create"]),
      change("aws_iam_role.replaced", ["delete", "create"]),
    ],
    output_changes: { same: { actions: ["no-op"] }, role: { actions: ["create"] } },
  };
  expect(changesOf(JSON.stringify(plan))).toEqual([
    { address: "aws_s3_bucket.imported", actions: ["no-op"] },
    { address: "aws_s3_bucket_policy.new", actions: ["create"] },
    { address: "aws_iam_role.replaced", actions: ["delete", "create"] },
    { address: "output.role", actions: ["create"] },
  ]);
  expect(changesOf(JSON.stringify({ format_version: "1.2" }))).toEqual([]);
});

it.each([
  [["create"], ["create"], false],
  [["create"], ["no-op"], false],
  [["create"], ["update"], false],
  [["update"], ["update"], false],
  [["create"], ["delete", "create"], true],
  [["update"], ["create"], true],
  [["no-op"], ["update"], true],
  [undefined, ["create"], true],
  [undefined, ["no-op"], true],
])("shown %j, planned now %j: a surprise is %p", (before, now, expected) => {
  const of = (actions: string[]) => [{ address: "aws_s3_bucket.one", actions }];
  expect(surprises(before ? of(before) : [], of(now))).toHaveLength(expected ? 1 : 0);
});
