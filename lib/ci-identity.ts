import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { SettingsError } from "./checked-settings";
import { deployStatements, planStatements } from "./ci-statements";
import type { Environment } from "./environments";
import { CI_ROLE_PATH, ciRoleName } from "./names";
import { policyDocument, type Statement } from "./policy-document";

/** Who issues the tokens of GitHub Actions, and whom they must be meant for. */
const ISSUER = "token.actions.githubusercontent.com";
export const AUDIENCE = "sts.amazonaws.com";

/** The most characters of all policies in a role, without spaces. */
const MOST_CHARACTERS = 10_240;

export interface CiIdentityProps {
  readonly environment: Environment;
  readonly ci: NonNullable<Environment["ci"]>;
}

/**
 * GitHub Actions' access to an environment, without keys: AWS takes the token that GitHub issues for a job. `plan`
 * reads, for pull requests of the repository and for its main branch; `deploy` changes the identity stack, for jobs of
 * one protected environment of GitHub. Neither can change the state stack, and so itself.
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export class CiIdentity extends Construct {
  constructor(scope: Construct, id: string, { environment, ci }: CiIdentityProps) {
    super(scope, id);
    const { repository, branch, githubEnvironment = environment.name } = ci;
    const provider = new IamOpenidConnectProvider(this, "github", {
      url: `https://${ISSUER}`,
      clientIdList: [AUDIENCE],
      // An account has it once, so other environments and other projects use it, too, with tags and audiences of theirs.
      lifecycle: { preventDestroy: true, ignoreChanges: ["client_id_list", "thumbprint_list", "tags", "tags_all"] },
    });
    const roleFor = (which: "plan" | "deploy", subjects: string[], statements: Statement[]) => {
      requireRoom(which, statements, environment);
      const role = new IamRole(this, which, {
        name: ciRoleName(environment, which),
        path: CI_ROLE_PATH,
        permissionsBoundary: ci.permissionsBoundary,
        assumeRolePolicy: policyDocument(this, `${which}-trust`, [
          {
            principals: [{ type: "Federated", identifiers: [provider.arn] }],
            actions: ["sts:AssumeRoleWithWebIdentity"],
            condition: [
              { test: "StringEquals", variable: `${ISSUER}:aud`, values: [AUDIENCE] },
              { test: "StringEquals", variable: `${ISSUER}:sub`, values: subjects },
            ],
          },
        ]),
      });
      new IamRolePolicy(this, `${which}-policy`, {
        name: which,
        role: role.name,
        policy: policyDocument(this, `${which}-document`, statements),
      });
    };
    roleFor(
      "plan",
      [`repo:${repository}:pull_request`, `repo:${repository}:ref:refs/heads/${branch}`],
      planStatements(environment),
    );
    roleFor(
      "deploy",
      [`repo:${repository}:environment:${githubEnvironment}`],
      [...planStatements(environment), ...deployStatements(environment)],
    );
  }
}

/**
 * What fills a policy is the secrets of identity providers: everything else has room.
 * @throws SettingsError when the statements are too long for a role
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
function requireRoom(which: string, statements: Statement[], { name }: Environment): void {
  const { length } = JSON.stringify(statements.map((statement) => ({ effect: "Allow", ...statement })));
  if (length <= MOST_CHARACTERS) return;
  throw new SettingsError(
    `environments.${name}.identityProviders names so many secrets that the policy of CI's role ${which} would have about ${length} characters, and IAM takes ${MOST_CHARACTERS} at most: give the secrets shorter names, or leave out ci.`,
  );
}
