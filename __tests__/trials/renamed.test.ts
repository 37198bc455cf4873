import { OwnCloud } from "./own-cloud";
import { ProtectedStacks } from "./protected-stacks";

jest.setTimeout(20 * 60_000);

const cloud = new OwnCloud("renamed");

afterAll(() => cloud.stop());

it("a pool with another id keeps its people, who sign in meanwhile", async () => {
  const stacks = new ProtectedStacks("renamed", await cloud.start({ fresh: true }));
  await stacks.deploy();
  const { people } = await stacks.pools();
  await stacks.synthesize({ pools: { employees: { renamedFrom: "people", awsName: "people" } } });
  const plan = await stacks.terraform("identity-trials", "plan", "-input=false", "-no-color");
  expect(plan.output).toMatch(
    /aws_cognito_user_pool\.people_pool_\w+ has moved to aws_cognito_user_pool\.employees_pool_/,
  );
  expect(plan.output).toMatch(/Plan: 0 to add, \d+ to change, 0 to destroy\./);
  const { errors, tries } = await stacks.signInDuring(() => stacks.deployAgain());
  expect(errors).toEqual([]);
  expect(tries).toBeGreaterThan(3);
  expect(await stacks.pools()).toEqual({ employees: people });
  const again = await stacks.planned("identity-trials");
  for (const change of again) expect(change).toMatch(/^update aws_cloudwatch_metric_alarm\./);
});
