import { z } from "zod";
import { settingsObject } from "../functions/shared/settings-object";
import { policyArn } from "./policy-arn";

/** The settings of GitHub Actions' access to an environment: see lib/ci-identity.ts. */
export const ciSchema = () =>
  settingsObject({
    /** The repository whose workflows get the roles. */
    repository: z
      .string()
      .regex(
        /^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}\/[\w.-]{1,100}$/,
        'must be the owner and the name of a repository, as "example/accounts"',
      ),
    /**
     * The branch that is deployed. Its workflows may plan, too.
     * @default "main"
     */
    branch: z
      .string()
      // The characters that a trust policy and a reference of Git both take as they are.
      .regex(/^[\w.-]+(\/[\w.-]+)*$/, "must be the name of a branch, of letters, digits and _.-/")
      .max(200, "must have 200 characters at most, so that the roles' trust policies have room for it")
      .default("main"),
    /**
     * The environment of GitHub whose jobs may deploy. It must be protected: reviewers, and no branch but that one.
     * @default the environment's name
     */
    githubEnvironment: z
      .string()
      .regex(/^[\w.-]{1,255}$/, "must be the name of a GitHub environment, of letters, digits and _.-")
      .optional(),
    /**
     * The ARN of an IAM policy: these two roles can do no more than it allows.
     * @default the environment's `permissionsBoundary`
     */
    permissionsBoundary: policyArn().optional(),
  });
