import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import { FunctionCode } from "../../lib/function-code";
import { IdentityStack } from "../../lib/identity-stack";
import { StateStack } from "../../lib/state-stack";
import { UserPool } from "../../lib/user-pool";
import { ALL_TRIGGERS, SES_MAIL } from "../all-triggers";
import { type Json, testEnvironment } from "./synthesized";

// Scanners read the stacks' JSON, and people who leave cdktf read their HCL.

const state = (app: App) => new StateStack(app, "state", testEnvironment());

/** With a pool that has every trigger. */
function identity(app: App): TerraformStack {
  const environment = testEnvironment({ mail: SES_MAIL });
  const stack = new IdentityStack(app, "identity", environment);
  const code = new FunctionCode(stack, "more-code", { bucket: "code", packaging: "archive" });
  new UserPool(stack, "staff", { environment, code, ...ALL_TRIGGERS });
  return stack;
}

/** The file that a stack's synthesis writes. */
function written(build: (app: App) => TerraformStack, file: string): string {
  const outdir = mkdtempSync(join(tmpdir(), "synthesized-"));
  try {
    const app = new App({ outdir });
    const stack = build(app);
    app.synth();
    return readFileSync(join(outdir, "stacks", stack.node.id, file), "utf8");
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe.each([
  ["state", state],
  ["identity", identity],
])("the %s stack", (_, build) => {
  const json: Json = JSON.parse(written(build, "cdk.tf.json"));

  it("needs a Terraform that locks with a file, and says so in a file of its own", () => {
    expect(written(build, "versions.tf")).toBe('terraform {\n  required_version = ">= 1.10"\n}\n');
  });

  it("has blocks alone in its block `terraform`, since checkov reads no JSON that has more", () => {
    for (const block of Object.values(json.terraform)) expect(typeof block).toBe("object");
    expect(build(new App({ outdir: tmpdir() })).toHclTerraform().hcl).not.toMatch(/^\s*\d+ =/m);
  });

  it("has every policy in a data source", () => {
    const policies = Object.values<Json>(json.resource)
      .flatMap((resources) => Object.values<Json>(resources))
      .flatMap(({ policy, assume_role_policy }) => [policy, assume_role_policy])
      .filter((policy) => policy !== undefined);
    expect(policies.length).toBeGreaterThan(1);
    for (const policy of policies) expect(policy).toMatch(/^\$\{data\.aws_iam_policy_document\.[\w-]+\.json\}$/);
  });

  it("has a reason at each resource that does not follow a rule of the scanner, beside cdktf's own metadata", () => {
    const blocks = [...Object.values<Json>(json.resource), ...Object.values<Json>(json.data)].flatMap((named) =>
      Object.values<Json>(named).map((block) => block["//"]),
    );
    const exceptions = blocks.filter(({ checkov }) => checkov);
    expect(exceptions.length).toBeGreaterThan(1);
    for (const { checkov, metadata } of exceptions) {
      expect(typeof metadata.path).toBe("string");
      expect(Object.keys(checkov)).toEqual(["skip"]);
      for (const exception of checkov.skip) {
        expect(exception).toEqual({
          id: expect.stringMatching(/^CKV2?_AWS_\d+$/),
          comment: expect.stringMatching(/^[A-Z].{20,}\.$/),
        });
      }
    }
  });
});

it("has a reason at a data source too, where cdktf drops added metadata", () => {
  const { data }: Json = JSON.parse(written(identity, "cdk.tf.json"));
  const [key] = Object.entries<Json>(data.aws_iam_policy_document).filter(([name]) => name.includes("key-document"));
  expect(key?.[1]["//"].checkov.skip.map(({ id }: Json) => id)).toContain("CKV_AWS_356");
});
