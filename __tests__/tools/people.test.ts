import { isPoolOf } from "../../tools/people";

it.each<[string, string, boolean]>([
  ["identity-dev-verified", "dev", true],
  ["identity-dev-eu-staff", "dev", false],
  ["identity-dev-eu-staff", "dev-eu", true],
  // In another account, or another Region, nobody else has pools.
  ["identity-dev-eu-staff", "elsewhere", false],
  ["identity-qa-eu-staff", "qa", true],
  ["identity-prod-eu-staff", "prod", true],
  ["another", "dev", false],
])("a pool %s of the environment %s: %j", (name, environment, expected) => {
  const here = { account: "111111111111", region: "eu-west-1" };
  const all = [
    { ...here, name: "dev" },
    { ...here, name: "dev-eu" },
    { ...here, name: "elsewhere" },
    { ...here, name: "qa" },
    { ...here, name: "qa-eu", account: "222222222222" },
    { ...here, name: "prod" },
    { ...here, name: "prod-eu", region: "eu-central-1" },
  ];
  expect(isPoolOf(name, all.find((one) => one.name === environment) ?? { ...here, name: environment }, all)).toBe(
    expected,
  );
});
