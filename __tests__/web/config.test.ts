import { readConfig } from "../../web/config";

const pool = { userPoolId: "eu-west-1_a", clientId: "b", signIn: "email" };
const config = { region: "eu-west-1", pools: { staff: pool, anonymous: pool } };

it("accepts a complete file, with any names of pools", () => {
  expect(readConfig(config)).toEqual(config);
});

it.each([
  [undefined, "config.json lacks region, pools."],
  [null, "config.json lacks region, pools."],
  ["text", "config.json lacks region, pools."],
  [{ ...config, region: "" }, "config.json lacks region."],
  [
    { ...config, pools: { staff: { signIn: "email" } } },
    "config.json lacks pools.staff.userPoolId, pools.staff.clientId.",
  ],
  [{ ...config, pools: { staff: null } }, "config.json lacks pools.staff.userPoolId"],
  [{ ...config, pools: { staff: { ...pool, signIn: undefined } } }, "config.json lacks pools.staff.signIn."],
  [
    { ...config, pools: { staff: { ...pool, signIn: "mail" } } },
    'config.json has "mail" as pools.staff.signIn, which must be email, username, username-or-alias.',
  ],
  [
    { ...config, pools: { staff: { ...pool, hosted: "auth.example.org" } } },
    'config.json has "auth.example.org" as pools.staff.hosted, which must begin with https://.',
  ],
  [{ ...config, pools: {} }, "config.json names no user pool to sign up to: its pools are empty."],
])("says what is wrong with %j", (value, sentence) => {
  expect(() => readConfig(value)).toThrow(sentence);
});
