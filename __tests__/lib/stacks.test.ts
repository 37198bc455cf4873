import { App } from "cdktf";
import { StateStack } from "../../lib/state-stack";
import { statementsOf } from "./policies";
import { identityStack, type Json, LOCAL, resource, stateStack, testEnvironment } from "./synthesized";

describe.each([
  ["identity", identityStack],
  ["state", stateStack],
])("the %s stack", (_, stack) => {
  it("works in its environment's account alone, and tags everything", () => {
    expect(stack().provider.aws).toEqual([
      {
        region: "eu-west-1",
        allowed_account_ids: ["111111111111"],
        default_tags: [{ tags: { app: "identity", environment: "test", "managed-by": "cdktf" } }],
      },
    ]);
  });

  it("cannot reach AWS from the local environment", () => {
    const local = stack(LOCAL);
    expect(local.provider.aws[0]).toMatchObject({
      access_key: "test",
      secret_key: "test",
      allowed_account_ids: ["000000000000"],
    });
    const { endpoints } = local.provider.aws[0];
    expect(new Set(Object.values(endpoints[0]))).toEqual(new Set(["http://127.0.0.1:4566"]));
    const services: Record<string, string> = {
      aws_cloudwatch: "logs",
      aws_cognito: "cognitoidp",
      aws_dynamodb: "dynamodb",
      aws_iam: "iam",
      aws_lambda: "lambda",
      aws_s3: "s3",
    };
    for (const type of Object.keys(local.resource)) {
      const service = services[type.split("_").slice(0, 2).join("_")];
      expect([type, Object.keys(endpoints[0])]).toEqual([type, expect.arrayContaining([service, "sts"])]);
    }
  });

  it("protects what people's accounts live in, except in the local environment", () => {
    const lifecycles = (json: ReturnType<typeof stack>) =>
      ["aws_cognito_user_pool", "aws_cognito_user_pool_client", "aws_s3_bucket"].flatMap((type) =>
        Object.values<{ lifecycle: object }>(json.resource[type] ?? {}).map(({ lifecycle }) => lifecycle),
      );
    expect(lifecycles(stack()).length).toBeGreaterThanOrEqual(2);
    for (const lifecycle of lifecycles(stack())) expect(lifecycle).toEqual({ prevent_destroy: true });
    for (const lifecycle of lifecycles(stack(LOCAL))) expect(lifecycle).toEqual({ prevent_destroy: false });
  });
});

describe("what an environment gives to all resources", () => {
  it("can be tags of its own, beside the project's", () => {
    expect(identityStack({ tags: { team: "accounts" } }).provider.aws[0].default_tags).toEqual([
      { tags: { app: "identity", environment: "test", "managed-by": "cdktf", team: "accounts" } },
    ]);
  });

  it("can be a permissions boundary of its roles", () => {
    const permissionsBoundary = "arn:aws:iam::111111111111:policy/boundary";
    const boundaries = (json: Json) =>
      Object.values<Json>(json.resource.aws_iam_role).map(({ permissions_boundary }) => permissions_boundary);
    expect(new Set(boundaries(identityStack({ permissionsBoundary })))).toEqual(new Set([permissionsBoundary]));
    expect(new Set(boundaries(identityStack()))).toEqual(new Set([undefined]));
  });
});

describe("the backend of the identity stack", () => {
  it("is the environment's own bucket, encrypted and locked", () => {
    expect(identityStack().terraform.backend).toEqual({
      s3: {
        bucket: "identity-111111111111-test-state",
        key: "identity-test.tfstate",
        region: "eu-west-1",
        encrypt: true,
        use_lockfile: true,
        allowed_account_ids: ["111111111111"],
      },
    });
  });

  it("is the local cloud in the local environment", () => {
    const address = "http://127.0.0.1:4566";
    expect(identityStack(LOCAL).terraform.backend.s3).toMatchObject({
      access_key: "test",
      secret_key: "test",
      allowed_account_ids: ["000000000000"],
      endpoints: { s3: address, iam: address, sts: address },
    });
  });
});

describe("the state stack", () => {
  const stack = stateStack();

  it("keeps its own state in its own bucket", () => {
    expect(stack.terraform.backend).toEqual({
      s3: expect.objectContaining({
        bucket: "identity-111111111111-test-state",
        key: "state-test.tfstate",
        encrypt: true,
        use_lockfile: true,
        allowed_account_ids: ["111111111111"],
      }),
    });
  });

  it("keeps it in a file in the local environment, named from the folder where Terraform runs", () => {
    const app = new App({ outdir: "cdktf.out" });
    const local = new StateStack(app, "state-local", testEnvironment({ ...LOCAL, stateFolder: ".local" }));
    expect(local.toTerraform().terraform.backend).toEqual({ local: { path: "../../../.local/state-local.tfstate" } });
  });

  it.each(["state", "code"])("makes a %s bucket: versioned, encrypted, private, over TLS only", (purpose) => {
    const name = `identity-111111111111-test-${purpose}`;
    expect(resource(stack, "aws_s3_bucket", purpose)).toMatchObject({
      bucket: name,
      force_destroy: false,
    });
    expect(resource(stack, "aws_s3_bucket_versioning", purpose)).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
    expect(resource(stack, "aws_s3_bucket_server_side_encryption_configuration", purpose).rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
    expect(resource(stack, "aws_s3_bucket_public_access_block", purpose)).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(statementsOf(stack, resource(stack, "aws_s3_bucket_policy", purpose).policy)).toEqual([
      expect.objectContaining({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    ]);
  });
});
