import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { IdentityStack } from "../../lib/identity-stack";
import { locksOf } from "../../lib/locks";
import { UserPool } from "../../lib/user-pool";
import { ROOT } from "../checkout";
import { backendClient } from "../fixtures/backend-client";
import { address, resource, testEnvironment } from "./synthesized";

// The example of docs/settings.md: a further app client of a pool.

const CLIENT = "aws_cognito_user_pool_client";

const stack = new IdentityStack(new App(), "identity-test", testEnvironment());
const pool = stack.node.findChild("verified");
if (!(pool instanceof UserPool)) throw new Error("The verified pool is a UserPool.");
backendClient.call(stack, pool, testEnvironment());
const json = stack.toTerraform();

it("is the code that the docs show", () => {
  const [, code = ""] = readFileSync(join(ROOT, "__tests__/fixtures/backend-client.ts"), "utf8").split(
    "CognitoUserPoolClient {\n",
  );
  const example = code
    .replace(/\n}\n$/, "")
    .replace(/^ {2}/gm, "")
    .replace("return new", "new");
  expect(readFileSync(join(ROOT, "docs/settings.md"), "utf8")).toContain(example);
});

it("is another client of the same pool, and leaves the pool's own as it is", () => {
  const own = resource(json, CLIENT, "verified_client");
  const backend = resource(json, CLIENT, "backend-client");
  expect(backend).toMatchObject({ user_pool_id: own.user_pool_id, generate_secret: true });
  expect(own).toEqual(
    resource(new IdentityStack(new App(), "identity-test", testEnvironment()).toTerraform(), CLIENT, "verified_client"),
  );
});

it("is locked, because a renamed one would be deleted", () => {
  expect(locksOf(stack)).toHaveProperty([address(json, CLIENT, "backend-client")], "address");
});
