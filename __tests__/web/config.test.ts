import { readConfig } from "../../web/config";

const pool = { userPoolId: "eu-west-1_a", clientId: "b" };
const config = { region: "eu-west-1", pools: { verified: pool, anonymous: pool } };

it("takes a whole one", () => {
  expect(readConfig(config)).toEqual(config);
});

it.each([
  [undefined, "config.json lacks region, pools.verified.userPoolId"],
  [null, "config.json lacks region"],
  ["text", "config.json lacks region"],
  [{ ...config, region: "" }, "config.json lacks region."],
  [{ ...config, pools: { verified: pool } }, "config.json lacks pools.anonymous.userPoolId, pools.anonymous.clientId."],
])("says what %j lacks", (value, sentence) => {
  expect(() => readConfig(value)).toThrow(sentence);
});
