import "./longer-trigger-list";

import { ALL_TRIGGERS, SES_MAIL } from "../all-triggers";
import { statementsOf } from "./policies";
import { address, resource, staffPool } from "./synthesized";

const POOL = "aws_cognito_user_pool";
const withTrigger = (settings: object, more: object = {}) =>
  staffPool(
    { ...ALL_TRIGGERS, triggers: { ...ALL_TRIGGERS.triggers, inboundFederation: settings, ...more } as never },
    {
      mail: SES_MAIL,
    },
  );
const stack = withTrigger({});
const arn = `\${${address(stack, "aws_lambda_function", "staff_inbound-federation")}.arn}`;

it("is attached by an override, beside all the others", () => {
  const { inbound_federation, ...others } = resource(stack, POOL, "staff_").lambda_config;
  expect(inbound_federation).toEqual({ lambda_arn: arn, lambda_version: "V1_0" });
  const { inbound_federation: _, ...without } = resource(
    staffPool(ALL_TRIGGERS, { mail: SES_MAIL }),
    POOL,
    "staff_",
  ).lambda_config;
  expect(others).toEqual(without);
});

it("has its permission, its role and its right", () => {
  expect(resource(stack, "aws_lambda_permission", "staff_inbound-federation")).toMatchObject({
    principal: "cognito-idp.amazonaws.com",
    source_arn: `\${${address(stack, POOL, "staff_")}.arn}`,
    source_account: "111111111111",
  });
  expect(
    statementsOf(stack, resource(stack, "aws_iam_role_policy", "staff_inbound-federation_look-up-users").policy),
  ).toEqual([
    { Effect: "Allow", Action: "cognito-idp:ListUsers", Resource: `\${${address(stack, POOL, "staff_")}.arn}` },
  ]);
});

it("can be created before it is attached", () => {
  const detached = withTrigger({ attached: false });
  expect(resource(detached, POOL, "staff_").lambda_config).not.toHaveProperty("inbound_federation");
  expect(resource(detached, "aws_lambda_permission", "staff_inbound-federation")).toBeDefined();
});

it("is among the names that are allowed", () => {
  expect(() => withTrigger({}, { inboundFederations: {} })).toThrow(
    /^staff\.triggers has no setting .*inboundFederation\.$/,
  );
  expect(() => withTrigger({ size: 1 })).toThrow('staff.triggers.inboundFederation has no setting "size"; allowed are');
});
