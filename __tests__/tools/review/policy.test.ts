import { matches, statementsOf, widenings } from "../../../tools/review/policy";

const policy = (...statements: object[]) =>
  statementsOf({ Version: "2012-10-17", Statement: statements.map((one) => ({ Effect: "Allow", ...one })) }) ?? [];

const READ = { Action: ["dynamodb:GetItem"], Resource: "arn:aws:dynamodb:eu-west-1:1:table/a" };
const ACCOUNT = { StringEquals: { "aws:SourceAccount": ["1"] } };

describe("what allows no more", () => {
  it.each([
    ["the same", [READ], [READ]],
    [
      "another order and form",
      [{ Action: ["a:X", "a:Y"], Resource: "r" }],
      [{ Resource: ["r"], Action: ["A:y", "a:X"] }],
    ],
    ["an action less", [{ Action: ["a:X", "a:Y"], Resource: "r" }], [{ Action: "a:X", Resource: "r" }]],
    ["an action of a pattern", [{ Action: "a:Get*", Resource: "r" }], [{ Action: "a:GetItem", Resource: "r" }]],
    ["a part of a pattern", [{ Action: "a:X", Resource: "r/*" }], [{ Action: "a:X", Resource: "r/a/*" }]],
    [
      "one statement as two",
      [{ Action: ["a:X", "a:Y"], Resource: "r" }],
      [
        { Action: "a:X", Resource: "r" },
        { Action: "a:Y", Resource: "r" },
      ],
    ],
    ["a condition more", [READ], [{ ...READ, Condition: ACCOUNT }]],
    [
      "a key of a condition in another case",
      [{ ...READ, Condition: ACCOUNT }],
      [{ ...READ, Condition: { StringEquals: { "AWS:SourceAccount": "1" } } }],
    ],
    [
      "an account by its number",
      [{ ...READ, Principal: { AWS: "arn:aws:iam::123456789012:root" } }],
      [{ ...READ, Principal: { AWS: ["123456789012"] } }],
    ],
    ["a Deny more", [READ], [READ, { Effect: "Deny", Action: "*", Resource: "*" }]],
    [
      "more exceptions",
      [{ Action: "sns:Publish", NotResource: "t" }],
      [{ Action: "sns:Publish", NotResource: ["t", "u"] }],
    ],
    ["no statement", [READ], []],
    [
      "Like for Equals, without a star",
      [{ ...READ, Condition: ACCOUNT }],
      [{ ...READ, Condition: { StringLike: { "aws:SourceAccount": "1" } } }],
    ],
    [
      "Equals for Like",
      [{ ...READ, Condition: { ArnLike: { "aws:SourceArn": "arn:a:*" } } }],
      [{ ...READ, Condition: { ArnEquals: { "aws:SourceArn": "arn:a:b" } } }],
    ],
    [
      "a Deny of what has no key, too",
      [{ ...READ, Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
      [{ ...READ, Effect: "Deny", Condition: { BoolIfExists: { "aws:SecureTransport": "false" } } }],
    ],
  ])("%s", (_, before, after) => {
    expect(widenings(policy(...before), policy(...after))).toEqual([]);
  });
});

describe("what allows more", () => {
  const denied = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["b", "b/*"],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  it.each([
    ["an action", [READ], [{ ...READ, Action: ["dynamodb:GetItem", "dynamodb:Scan"] }]],
    [
      "Like with a star for Equals",
      [{ ...READ, Condition: ACCOUNT }],
      [{ ...READ, Condition: { StringLike: { "aws:SourceAccount": "1*" } } }],
    ],
    [
      "what has no key, too",
      [{ ...READ, Condition: ACCOUNT }],
      [{ ...READ, Condition: { StringEqualsIfExists: { "aws:SourceAccount": "1" } } }],
    ],
    ["a pattern of actions", [READ], [{ ...READ, Action: "dynamodb:Get*" }]],
    ["every action", [READ], [{ ...READ, Action: "*" }]],
    ["everything but an action", [READ], [{ NotAction: "iam:*", Resource: READ.Resource }]],
    ["every resource", [READ], [{ ...READ, Resource: "*" }]],
    ["a pattern of resources", [READ], [{ ...READ, Resource: "arn:aws:dynamodb:*:1:table/a" }]],
    ["another resource", [READ], [READ, { ...READ, Resource: "b" }]],
    ["everything but a resource", [READ], [{ Action: READ.Action, NotResource: "b" }]],
    [
      "fewer exceptions",
      [{ Action: "sns:Publish", NotResource: ["t", "u"] }],
      [{ Action: "sns:Publish", NotResource: "t" }],
    ],
    ["a condition less", [{ ...READ, Condition: ACCOUNT }], [READ]],
    [
      "another value of a condition",
      [{ ...READ, Condition: ACCOUNT }],
      [{ ...READ, Condition: { StringEquals: { "aws:SourceAccount": ["1", "2"] } } }],
    ],
    [
      "a looser operator",
      [{ ...READ, Condition: ACCOUNT }],
      [{ ...READ, Condition: { StringEqualsIfExists: { "aws:SourceAccount": "1" } } }],
    ],
    [
      "another principal",
      [{ ...READ, Principal: { Service: "lambda.amazonaws.com" } }],
      [{ ...READ, Principal: { Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] } }],
    ],
    ["everybody", [{ ...READ, Principal: { AWS: "123456789012" } }], [{ ...READ, Principal: "*" }]],
    ["a Deny less", [denied, READ], [READ]],
    ["a Deny on less", [denied], [{ ...denied, Resource: "b" }]],
    ["a Deny with a condition more", [denied], [{ ...denied, Condition: { ...denied.Condition, ...ACCOUNT } }]],
  ])("%s", (_, before, after) => {
    expect(widenings(policy(...before), policy(...after))).toHaveLength(1);
  });
});

it("reads no policy from what is none", () => {
  for (const text of ["", "{", "[]", "null", '{"Statement":[{"Effect":"Perhaps"}]}']) {
    expect(statementsOf(text)).toBeUndefined();
  }
});

it("matches patterns as IAM does", () => {
  expect(matches("s3:Get*", "s3:GetObject")).toBe(true);
  expect(matches("a?c", "abc")).toBe(true);
  expect(matches("a?c", "a*c")).toBe(false);
  expect(matches("a*c", "abcd")).toBe(false);
});

it("matches a pattern of many stars at once", () => {
  expect(matches(`${"*a".repeat(500)}b`, "a".repeat(20_000))).toBe(false);
});
