import { rmSync } from "node:fs";
import { App, TerraformStack, Testing } from "cdktf";
import { checkEnvironment, type Environment, type EnvironmentSettings } from "../../lib/environments";
import { FunctionCode } from "../../lib/function-code";
import { IdentityStack } from "../../lib/identity-stack";
import { outputPools } from "../../lib/pool-outputs";
import { StateStack } from "../../lib/state-stack";
import { UserPool, type UserPoolProps } from "../../lib/user-pool";

/** A resource of the synthesized JSON. */
// biome-ignore lint/suspicious/noExplicitAny: it is Terraform's JSON, whose shape is what the tests assert
export type Json = any;

/** Settings of an environment in AWS; a test changes what it is about. */
export const TEST_SETTINGS: EnvironmentSettings = {
  name: "test",
  stage: "test",
  account: "111111111111",
  region: "eu-west-1",
  callbackUrls: ["https://www.example.org/in"],
  logoutUrls: ["https://www.example.org/out"],
  mail: { sender: "cognito" },
  access: { deniedDomains: ["example.com"] },
};

/** The end of a name that is another one when its resource is replaced. */
export const STAMP = `-\${formatdate("DDhhmmss", plantimestamp())}`;

/** What makes it the local environment. */
export const LOCAL = {
  name: "local",
  stage: "local",
  account: "000000000000",
  endpoint: "http://127.0.0.1:4566",
} as const;

export function testEnvironment(changes: Partial<EnvironmentSettings> = {}): Environment {
  return checkEnvironment({ ...TEST_SETTINGS, ...changes });
}

/** The synthesized JSON of a stack, its validations run. */
export function synthesize(build: (app: App) => TerraformStack): Json {
  const app = Testing.app({ fakeCdktfJsonPath: true });
  try {
    return JSON.parse(Testing.synth(build(app), true));
  } finally {
    // A new temporary folder, which cdktf leaves behind.
    rmSync(app.outdir, { recursive: true, force: true });
  }
}

type Changes = Partial<EnvironmentSettings>;

export const identityStack = once((changes?: Changes) =>
  synthesize((app) => new IdentityStack(app, "identity-test", testEnvironment(changes))),
);

export const stateStack = once((changes?: Changes) =>
  synthesize((app) => new StateStack(app, "state-test", testEnvironment(changes))),
);

/** The same, synthesized once a file for each set of changes. */
function once(stack: (changes?: Changes) => Json): (changes?: Changes) => Json {
  const made = new Map<string, Json>();
  return (changes) => {
    const key = JSON.stringify(changes);
    if (!made.has(key)) made.set(key, stack(changes));
    return made.get(key);
  };
}

type Props = Partial<UserPoolProps>;

/** A stack with nothing but a pool, `staff`. */
export function staffPool(props: Props, changes?: Changes): Json {
  const stack = new TerraformStack(new App(), "identity-test");
  outputPools(stack);
  return withStaff(stack, props, testEnvironment(changes));
}

/** The identity stack with `staff` as a further pool. */
export function furtherPool(props: Props, changes?: Changes): Json {
  const environment = testEnvironment(changes);
  return withStaff(new IdentityStack(new App(), "identity-test", environment), props, environment);
}

function withStaff(stack: TerraformStack, props: Props, environment: Environment): Json {
  const code = new FunctionCode(stack, "more-code", { bucket: "code", packaging: "archive" });
  new UserPool(stack, "staff", { environment, code, signIn: "email", ...props });
  return stack.toTerraform();
}

/** The address of the one resource of a type whose id begins so. */
export function address(stack: Json, type: string, idPrefix: string): string {
  const ids = Object.keys(stack.resource[type] ?? {});
  const found = ids.filter((id) => id.startsWith(idPrefix));
  if (found.length !== 1) throw new Error(`${found.length} of ${type} begin with "${idPrefix}": ${ids.join(", ")}`);
  return `${type}.${found[0]}`;
}

/** The attributes of that resource. */
export function resource(stack: Json, type: string, idPrefix: string): Json {
  const { "//": _, ...attributes } = stack.resource[type][address(stack, type, idPrefix).slice(type.length + 1)];
  return attributes;
}
