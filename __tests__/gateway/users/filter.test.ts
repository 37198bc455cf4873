import { checkAttributesToGet, parseFilter } from "../../../gateway/users/filter";
import type { User } from "../../../gateway/users/user";

const user: User = {
  username: 'o"neil\\1',
  sub: "6f1c",
  status: "CONFIRMED",
  enabled: true,
  attributes: { email: "jo@example.org", family_name: "O'Neil" },
  codes: {},
  created: 0,
  modified: 0,
};

describe("the filter of ListUsers", () => {
  it.each([
    ['email = "jo@example.org"', true],
    ['email = "jo@example.or"', false],
    ['email ^= "jo@"', true],
    ['email^="ann"', false],
    ['  email   =   "jo@example.org"  ', true],
    ['"email" = "jo@example.org"', true],
    ['email ^= ""', true],
    ['given_name = "x"', false],
    ['sub = "6f1c"', true],
    ['status = "Enabled"', true],
    ['status = "Disabled"', false],
    ['cognito:user_status = "confirmed"', true],
    ['cognito:user_status = "UNCONFIRMED"', false],
    ['username = "o\\"neil\\\\1"', true],
    ['username ^= "o\\""', true],
    ['username = "O\\"neil\\\\1"', false],
  ])("%s: %p", (filter, found) => {
    expect(parseFilter(filter)(user)).toBe(found);
  });

  it.each([
    "email",
    'email "x"',
    "email = x",
    'email = "x',
    'email = "a"b"',
    'email = "a\\b"',
    'email == "x"',
    'email = "x" and name = "y"',
    'custom:domain = "x"',
    'shoe_size = "x"',
    '= "x"',
    "",
  ])("refuses %s", (filter) => {
    expect(() => parseFilter(filter)).toThrow("Error while parsing filter.");
  });
});

it("shows only attributes that the pool has", () => {
  const pool = { SchemaAttributes: [{ Name: "sub" }, { Name: "email" }] };
  expect(() => checkAttributesToGet(pool, ["email"])).not.toThrow();
  expect(() => checkAttributesToGet(pool, ["email", "x"])).toThrow("do not exist in user pool");
});
