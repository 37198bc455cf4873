import { CI_PERMISSIONS } from "../../lib/ci-permissions";
import { ALL_TRIGGERS, SES_MAIL } from "../all-triggers";
import { EVERY_PROVIDER } from "../every-provider";
import { statementsOf } from "./policies";
import { identityStack, type Json, resource, staffPool, stateStack, testEnvironment } from "./synthesized";

const CI = { repository: "example/accounts" };
const stack = stateStack({ ci: CI });

const roleOf = (which: "plan" | "deploy", json = stack) => resource(json, "aws_iam_role", `ci_${which}`);
const trustOf = (which: "plan" | "deploy", json = stack) => statementsOf(json, roleOf(which, json).assume_role_policy);
const allowedTo = (which: "plan" | "deploy", json = stack): Json[] =>
  statementsOf(json, resource(json, "aws_iam_role_policy", `ci_${which}-policy`).policy);
const actionsOf = (statements: Json[]): string[] => statements.flatMap(({ Action }) => Action);

const typesIn = (...stacks: Json[]) => [...new Set(stacks.flatMap(({ resource: all }) => Object.keys(all)))].sort();

it("is off by default: the state stack has no resource of IAM", () => {
  expect(typesIn(stateStack()).filter((type) => type.startsWith("aws_iam_"))).toEqual([]);
  expect(stateStack().data.aws_iam_openid_connect_provider).toBeUndefined();
});

it("has a row for each type of resource that the stacks can have, and no other", () => {
  const everything = staffPool(ALL_TRIGGERS, { mail: SES_MAIL, domainPrefix: "example" });
  const withProviders = staffPool({ identityProviders: EVERY_PROVIDER }, { domainPrefix: "example" });
  const types = typesIn(stack, identityStack(), everything, withProviders);
  expect(Object.keys(CI_PERMISSIONS).sort()).toEqual(types);
});

describe("the OIDC provider", () => {
  const provider = resource(stack, "aws_iam_openid_connect_provider", "ci_github");

  it("is GitHub's, for AWS STS alone", () => {
    expect(provider.url).toBe("https://token.actions.githubusercontent.com");
    expect(provider.client_id_list).toEqual(["sts.amazonaws.com"]);
  });

  it("may be shared: nobody's tags or audiences are changed, and nothing destroys it", () => {
    expect(provider.lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: ["client_id_list", "thumbprint_list", "tags", "tags_all"],
    });
  });
});

describe("the trust", () => {
  const trust = (...subjects: string[]) => [
    {
      Effect: "Allow",
      Principal: { Federated: expect.stringMatching(/^\$\{aws_iam_openid_connect_provider\.\w+\.arn\}$/) },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": subjects.length === 1 ? subjects[0] : subjects,
        },
      },
    },
  ];

  it("of plan: pull requests of the repository, and its main branch", () => {
    expect(trustOf("plan")).toEqual(
      trust("repo:example/accounts:pull_request", "repo:example/accounts:ref:refs/heads/main"),
    );
  });

  it("of deploy: one environment of GitHub, by default the one with the same name", () => {
    expect(trustOf("deploy")).toEqual(trust("repo:example/accounts:environment:test"));
  });

  it("follows the settings", () => {
    const other = stateStack({ ci: { ...CI, branch: "release/2", githubEnvironment: "accounts-test" } });
    expect(trustOf("plan", other)).toEqual(
      trust("repo:example/accounts:pull_request", "repo:example/accounts:ref:refs/heads/release/2"),
    );
    expect(trustOf("deploy", other)).toEqual(trust("repo:example/accounts:environment:accounts-test"));
  });
});

describe("the permissions", () => {
  const writes = /:(?!Get|List|Describe)/;

  it("of plan are calls that read", () => {
    expect(actionsOf(allowedTo("plan")).filter((action) => writes.test(action))).toEqual([]);
  });

  it("of plan are only those, where AWS has a name or a tag to tell the project's own apart", () => {
    const any = allowedTo("plan").filter(({ Resource }) => Resource === "*");
    expect(actionsOf(any).sort()).toEqual([
      "cloudwatch:DescribeAlarms",
      "cognito-idp:DescribeUserPoolDomain",
      "logs:DescribeLogGroups",
    ]);
  });

  it("of plan do not reach the content of anything but state and code", () => {
    const contents = ["s3:GetObject", "dynamodb:GetItem", "dynamodb:Scan", "sqs:ReceiveMessage", "kms:Decrypt"];
    const found = allowedTo("plan").flatMap(({ Action, Resource }) =>
      [Action].flat().some((action) => contents.includes(action)) ? [Resource].flat() : [],
    );
    expect(found).toEqual([
      "arn:aws:s3:::identity-111111111111-test-state/state-test.tfstate",
      "arn:aws:s3:::identity-111111111111-test-state/identity-test.tfstate",
      "arn:aws:s3:::identity-111111111111-test-code/functions/*",
    ]);
  });

  it("of deploy are all of plan's", () => {
    expect(actionsOf(allowedTo("deploy"))).toEqual(expect.arrayContaining(actionsOf(allowedTo("plan"))));
  });

  it("of deploy delete nothing that holds people or their data", () => {
    const deleting = actionsOf(allowedTo("deploy")).filter((action) =>
      /:(Delete|Schedule|Disable|Remove)/.test(action),
    );
    expect(deleting.sort()).toEqual([
      "cloudwatch:DeleteAlarms",
      "cognito-idp:DeleteUserPoolDomain",
      "iam:DeleteRole",
      "iam:DeleteRolePolicy",
      "lambda:DeleteFunction",
      "lambda:DeleteFunctionEventInvokeConfig",
      "lambda:RemovePermission",
      "logs:DeleteLogGroup",
      "logs:DeleteMetricFilter",
      "s3:DeleteObject",
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
      "sqs:DeleteQueue",
    ]);
  });

  it("of deploy change no state but the identity stack's, no bucket, no provider, and none of its own roles", () => {
    const changing = allowedTo("deploy").filter(({ Action }) => [Action].flat().some((action) => writes.test(action)));
    const on = changing.flatMap(({ Resource }) => [Resource].flat());
    expect(on.filter((arn) => arn.startsWith("arn:aws:s3:") || arn.startsWith("arn:aws:iam:"))).toEqual([
      "arn:aws:s3:::identity-111111111111-test-state/identity-test.tfstate",
      "arn:aws:s3:::identity-111111111111-test-state/identity-test.tfstate.tflock",
      "arn:aws:s3:::identity-111111111111-test-code/functions/*",
      "arn:aws:iam::111111111111:role/identity-test-*",
      "arn:aws:iam::111111111111:role/identity-test-*",
      "arn:aws:iam::111111111111:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmailService",
    ]);
    // So those patterns do not reach these.
    for (const which of ["plan", "deploy"] as const) {
      expect(roleOf(which)).toMatchObject({ name: `identity-test-${which}`, path: "/ci/" });
    }
  });

  it("of deploy pass roles to Lambda and Cognito only", () => {
    expect(allowedTo("deploy")).toContainEqual({
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: "arn:aws:iam::111111111111:role/identity-test-*",
      Condition: { StringEquals: { "iam:PassedToService": ["lambda.amazonaws.com", "cognito-idp.amazonaws.com"] } },
    });
  });

  it("of deploy change pools and keys by their tags, and make only what gets these tags", () => {
    const tags = (variable: string) => ({
      StringEquals: { [`${variable}/app`]: "identity", [`${variable}/environment`]: "test" },
    });
    for (const { Action, Resource, Condition } of allowedTo("deploy")) {
      const [action = ""] = [Action].flat();
      if (!/^(cognito-idp|kms):/.test(action) || action === "cognito-idp:DescribeUserPoolDomain") continue;
      expect({ action, Condition }).toEqual({
        action,
        Condition: tags(Resource === "*" ? "aws:RequestTag" : "aws:ResourceTag"),
      });
    }
  });

  describe("fit into a role: AWS takes 10,240 characters of policies, without spaces", () => {
    const withSecrets = (count: number) => {
      const oidc = Array.from({ length: count }, (_, index) => {
        const clientSecret = { parameter: `/identity/test/providers/company-${index}` };
        return [`Company${index}`, { issuer: "https://login.example.org", clientId: "pool", clientSecret }];
      });
      return stateStack({ ci: CI, domainPrefix: "people", identityProviders: { oidc: Object.fromEntries(oidc) } });
    };

    it.each([0, 28])("with %i secrets of providers", (count) => {
      const withThem = withSecrets(count);
      for (const which of ["plan", "deploy"] as const) {
        const policy = JSON.stringify({ Version: "2012-10-17", Statement: allowedTo(which, withThem) });
        expect(policy.length).toBeLessThan(10_240);
      }
    });

    it("and are refused where they would not", () => {
      expect(() => withSecrets(60)).toThrow(
        /^environments\.test\.identityProviders names so many secrets that the policy of CI's role deploy would have about 1\d{4} characters, and IAM takes 10240 at most: give the secrets shorter names, or leave out ci\.$/,
      );
    });
  });
});

describe("with a permissions boundary", () => {
  const permissionsBoundary = "arn:aws:iam::111111111111:policy/boundary";
  const bound = stateStack({ ci: CI, permissionsBoundary });

  it("both roles have it, or one of their own", () => {
    const own = stateStack({ ci: { ...CI, permissionsBoundary: `${permissionsBoundary}-of-ci` }, permissionsBoundary });
    for (const which of ["plan", "deploy"] as const) {
      expect(roleOf(which, bound).permissions_boundary).toBe(permissionsBoundary);
      expect(roleOf(which, own).permissions_boundary).toBe(`${permissionsBoundary}-of-ci`);
    }
  });

  it("deploy makes no role without it, and cannot take it away", () => {
    const making = /^iam:(CreateRole|PutRolePolicy|PutRolePermissionsBoundary)$/;
    const statements = allowedTo("deploy", bound).filter(({ Action }) =>
      [Action].flat().some((one) => making.test(one)),
    );
    expect(statements).toEqual([
      {
        Effect: "Allow",
        Action: ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
        Resource: "arn:aws:iam::111111111111:role/identity-test-*",
        Condition: { StringEquals: { "iam:PermissionsBoundary": permissionsBoundary } },
      },
    ]);
    expect(actionsOf(allowedTo("deploy", bound))).not.toContain("iam:DeleteRolePermissionsBoundary");
  });
});

it.each([
  [{ repository: "accounts" }, 'environments.test.ci.repository is "accounts", but it must be the owner and the name'],
  [{ repository: "example/*" }, 'environments.test.ci.repository is "example/*", but it must be the owner'],
  [{ ...CI, branch: "*" }, 'environments.test.ci.branch is "*", but it must be the name of a branch'],
  [{ ...CI, githubEnvironment: "a b" }, 'environments.test.ci.githubEnvironment is "a b", but it must be'],
  [{ ...CI, permissionsBoundary: "arn:aws:iam::222222222222:policy/x" }, "environments.test.ci.permissionsBoundary is"],
])("refuses %j", (ci, sentence) => {
  expect(() => testEnvironment({ ci })).toThrow(sentence);
});

describe("the permissions for identity providers", () => {
  const settings = { ci: CI, domainPrefix: "example", identityProviders: EVERY_PROVIDER };
  const more = (which: "plan" | "deploy", changes: Parameters<typeof stateStack>[0]) => {
    const before = actionsOf(allowedTo(which));
    return actionsOf(allowedTo(which, stateStack(changes))).filter((action) => !before.includes(action));
  };

  it("of plan are to look at them, and to read exactly the secrets that the settings name", () => {
    expect(more("plan", settings).sort()).toEqual([
      "cognito-idp:DescribeIdentityProvider",
      "secretsmanager:GetSecretValue",
      "ssm:GetParameter",
    ]);
    const resources = allowedTo("plan", stateStack(settings)).flatMap(({ Action, Resource }) =>
      /ssm|secretsmanager/.test(String(Action)) ? [Resource].flat() : [],
    );
    expect(resources).toEqual([
      "arn:aws:ssm:eu-west-1:111111111111:parameter/identity/test/google",
      "arn:aws:ssm:eu-west-1:111111111111:parameter/identity/test/facebook",
      "arn:aws:ssm:eu-west-1:111111111111:parameter/identity/test/company",
      "arn:aws:secretsmanager:eu-west-1:111111111111:secret:identity/test/apple-??????",
      "arn:aws:secretsmanager:eu-west-1:111111111111:secret:identity/test/amazon-??????",
    ]);
  });

  it("of deploy are to make and to change them, and never to delete one", () => {
    const own = more("deploy", settings).filter((action) => !more("plan", settings).includes(action));
    expect(own.sort()).toEqual(["cognito-idp:CreateIdentityProvider", "cognito-idp:UpdateIdentityProvider"]);
  });

  it("of deploy reach CloudFront only for a custom domain", () => {
    const certificateArn = "arn:aws:acm:us-east-1:111111111111:certificate/0a1b";
    const customDomain = { name: "auth.example.org", certificateArn };
    expect(more("deploy", { ci: CI, customDomain })).toEqual(["cloudfront:UpdateDistribution"]);
    expect(more("plan", { ci: CI, customDomain })).toEqual([]);
  });
});
