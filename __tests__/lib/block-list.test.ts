import { identityStack, LOCAL, resource } from "./synthesized";

it("is a table on demand, recoverable, encrypted and protected", () => {
  expect(resource(identityStack(), "aws_dynamodb_table", "block-list")).toEqual({
    name: "identity-test-block-list",
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "entry",
    attribute: [{ name: "entry", type: "S" }],
    ttl: { attribute_name: "until", enabled: true },
    point_in_time_recovery: { enabled: true },
    server_side_encryption: { enabled: true },
    deletion_protection_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
});

it("can be destroyed only in the local environment", () => {
  expect(resource(identityStack(LOCAL), "aws_dynamodb_table", "block-list")).toMatchObject({
    deletion_protection_enabled: false,
    lifecycle: { prevent_destroy: false },
  });
});

it.each(["pre-sign-up", "pre-authentication", "pre-token-generation"])("counts when %s cannot read it", (folder) => {
  expect(resource(identityStack(), "aws_cloudwatch_log_metric_filter", `verified_${folder}`)).toMatchObject({
    pattern: '{ $.message.blockList = "unavailable" }',
    metric_transformation: {
      name: "BlockListUnavailable",
      namespace: "identity-test-block-list",
      value: "1",
    },
  });
});
