import { App, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { FunctionCode } from "../../lib/function-code";
import { IdentityStack } from "../../lib/identity-stack";
import { checkLocks, locksOf } from "../../lib/locks";
import { UserPool, type UserPoolProps } from "../../lib/user-pool";
import { ALL_TRIGGERS, sesMailOf } from "../all-triggers";
import { type Json, synthesize, testEnvironment } from "./synthesized";

/** The identity stack with a further pool of every trigger. */
const withPool =
  (id: string, props: Partial<UserPoolProps> = {}, account = "111111111111") =>
  (app = new App()): TerraformStack => {
    const environment = testEnvironment({ mail: sesMailOf(account), domainPrefix: "people", account });
    const scope = new IdentityStack(app, "identity-test", environment);
    const code = new FunctionCode(scope, "more-code", { bucket: "code", packaging: "archive" });
    new UserPool(scope, id, { ...ALL_TRIGGERS, environment, code, ...props });
    return scope;
  };
const RENAMED = { renamedFrom: "staff", awsName: "staff" };

describe("a pool with another id", () => {
  const before = synthesize(withPool("staff"));
  const after = synthesize(withPool("employees", RENAMED));
  const moves: { from: string; to: string }[] = after.moved;
  const addresses = (stack: Json) =>
    Object.entries<object>(stack.resource).flatMap(([type, all]) => Object.keys(all).map((id) => `${type}.${id}`));

  it("takes over every resource that it had", () => {
    const old = addresses(before).filter((address) => !addresses(after).includes(address));
    const fresh = addresses(after).filter((address) => !addresses(before).includes(address));
    expect(old.length).toBeGreaterThan(50);
    expect(moves.map(({ from }) => from).sort()).toEqual(old.sort());
    expect(moves.map(({ to }) => to).sort()).toEqual(fresh.sort());
  });

  it("changes nothing in AWS", () => {
    let text = withPolicies(after);
    for (const { from, to } of moves) text = text.replaceAll(idOf(to), idOf(from));
    for (const [type, resources] of Object.entries<Json>(JSON.parse(text))) {
      expect(withoutPath(resources)).toEqual(withoutPath(JSON.parse(withPolicies(before))[type]));
    }
  });
});

const idOf = (address: string) => address.slice(address.indexOf(".") + 1);

/** The resources of a stack, with each policy itself instead of its data source, which has another address. */
const withPolicies = ({ resource, data }: Json) =>
  JSON.stringify(resource).replaceAll(/\$\{data\.aws_iam_policy_document\.([\w-]+)\.json\}/g, (_, id) => {
    const policy = JSON.stringify(data.aws_iam_policy_document[id].statement);
    return JSON.stringify(policy).slice(1, -1);
  });

/** Resources without the path of their construct, which CDKTF notes beside them. */
const withoutPath = (resources: Record<string, Json>) =>
  Object.fromEntries(Object.entries(resources).map(([id, { "//": _, ...resource }]) => [id, resource]));

describe("the locks of a pool with another id", () => {
  const account = "345678901234";
  const locks = { "identity-test": locksOf(withPool("staff", {}, account)()) };

  it("hold, and ask for those of the new addresses", () => {
    expect(() => checkLocks(withPool("employees", RENAMED, account)(), locks)).toThrow(
      /^identity-test has aws_\w+\.employees_[\w-]+(\.\w+)?, which is not locked yet: run npm run locks/,
    );
  });

  it("stop the rename in which Terraform would make an empty pool", () => {
    expect(() => checkLocks(withPool("employees", { awsName: "staff" }, account)(), locks)).toThrow(
      'give its construct the old id back, or the new pool renamedFrom: "staff" and awsName: "staff"',
    );
  });

  it("stop a rename with other names in AWS, since a table would be replaced", () => {
    expect(() => checkLocks(withPool("employees", { renamedFrom: "staff" }, account)(), locks)).toThrow(
      /^identity-test changes \S+\.name from "identity-test-staff\S*" to "identity-test-employees/,
    );
  });
});

describe("synthesis refuses", () => {
  it.each(["", "a/b"])("is not %j", (renamedFrom) => {
    expect(() => synthesize(withPool("employees", { ...RENAMED, renamedFrom }))).toThrow(
      `employees.renamedFrom is "${renamedFrom}", but it must be ASCII letters`,
    );
  });

  it("the id of a pool that still is there", () => {
    expect(() => synthesize(withPool("employees", { ...RENAMED, renamedFrom: "verified" }))).toThrow(
      'employees.renamedFrom is "verified", but there still is a construct with that id: take it out, or leave renamedFrom out.',
    );
  });

  it("the id of a pool that is made later", () => {
    const both = (app: App) => {
      const scope = withPool("employees", RENAMED)(app);
      new Construct(scope, "staff");
      return scope;
    };
    expect(() => synthesize(both)).toThrow('employees.renamedFrom is "staff", but there still is a construct');
  });

  it("characters that no name in AWS can have", () => {
    expect(withPool("employees", { awsName: "the staff" })).toThrow(
      'employees.awsName is "the staff", but it must be ASCII letters, digits, hyphens and underscores and begin with a letter or digit, since names in AWS are made of it.',
    );
  });
});
