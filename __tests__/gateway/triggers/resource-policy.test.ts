import { allows, type Statement } from "../../../gateway/triggers/resource-policy";

const pool = "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_abc";
const fn = "arn:aws:lambda:eu-west-1:000000000000:function:app-pre-sign-up";
const request = {
  service: "cognito-idp.amazonaws.com",
  action: "lambda:InvokeFunction",
  resource: fn,
  context: { "aws:sourcearn": pool, "aws:sourceaccount": "000000000000" },
};
/** What `aws_lambda_permission` makes. */
const granted: Statement = {
  Effect: "Allow",
  Principal: { Service: "cognito-idp.amazonaws.com" },
  Action: "lambda:InvokeFunction",
  Resource: fn,
  Condition: {
    ArnLike: { "AWS:SourceArn": pool },
    StringEquals: { "AWS:SourceAccount": "000000000000" },
  },
};

describe("a function's policy", () => {
  it.each<[string, boolean, Partial<Statement>]>([
    ["the permission as provisioned", true, {}],
    ["another service", false, { Principal: { Service: "s3.amazonaws.com" } }],
    ["several services", true, { Principal: { Service: ["x", "cognito-idp.amazonaws.com"] } }],
    ["an account as principal", false, { Principal: { AWS: "*" } }],
    ["everybody", true, { Principal: "*" }],
    ["another action", false, { Action: "lambda:GetFunction" }],
    ["any action of Lambda, in any case", true, { Action: ["Lambda:*"] }],
    ["another function", false, { Resource: `${fn}-other` }],
    ["an alias of the function", false, { Resource: `${fn}:live` }],
    ["no condition", true, { Condition: undefined }],
    ["another pool", false, { Condition: { ArnLike: { "aws:SourceArn": `${pool}d` } } }],
    ["any pool", true, { Condition: { ArnLike: { "aws:SourceArn": pool.replace(/_.*/, "_*") } } }],
    ["a star over colons", false, { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:*" } } }],
    ["a star as text", true, { Condition: { StringLike: { "aws:SourceArn": "arn:aws:*" } } }],
    ["a star taken literally", false, { Condition: { StringEquals: { "aws:SourceArn": "arn:*" } } }],
    ["the exact pool", true, { Condition: { ArnEquals: { "AWS:SourceArn": pool } } }],
    ["one of two accounts", true, { Condition: { StringEquals: { "AWS:SourceAccount": ["1", "000000000000"] } } }],
    ["another account", false, { Condition: { StringEquals: { "AWS:SourceAccount": "111111111111" } } }],
    ["not this account", false, { Condition: { StringNotEquals: { "AWS:SourceAccount": "000000000000" } } }],
    ["a key that is not there", false, { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }],
    ["a key that need not be there", true, { Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } } }],
    ["an unknown operator", false, { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  ])("%s: %p", (_, allowed, change) => {
    expect(allows({ Statement: [{ ...granted, ...change }] }, request)).toBe(allowed);
  });

  it("allows nothing where there is none", () => {
    expect(allows(undefined, request)).toBe(false);
    expect(allows({ Statement: [] }, request)).toBe(false);
  });

  it("denies before it allows, also by a condition that it does not know", () => {
    const deny: Statement = { ...granted, Effect: "Deny" };
    expect(allows({ Statement: [granted, deny] }, request)).toBe(false);
    const vague = { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } };
    expect(allows({ Statement: [granted, vague] }, request)).toBe(false);
    const other = { ...deny, Condition: { StringEquals: { "AWS:SourceAccount": "111111111111" } } };
    expect(allows({ Statement: [granted, other] }, request)).toBe(true);
  });
});
