import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Construct } from "constructs";
import type { Environment } from "./environments";
import { exceptFromScan, type ScanExceptions } from "./scan-exceptions";

/** A statement of a policy, as Terraform writes it. Without an `effect`, it allows. */
export type Statement = DataAwsIamPolicyDocumentStatement;

/**
 * A policy as JSON, made by a data source of Terraform. As a text of ours it would be wrong in HCL if it has a
 * reference, and in `jsonencode` a scanner would not see its statements.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocument(
  scope: Construct,
  id: string,
  statement: Statement[],
  exceptions: ScanExceptions = {},
): string {
  const document = new DataAwsIamPolicyDocument(scope, id, { statement });
  exceptFromScan(document, exceptions);
  return document.json;
}

/** Cognito, on behalf of any pool of this account and Region: a statement that the pool itself needs cannot name it. */
export const cognitoForPools = ({ account, region }: Pick<Environment, "account" | "region">) => ({
  principals: [{ type: "Service", identifiers: ["cognito-idp.amazonaws.com"] }],
  condition: [
    { test: "StringEquals", variable: "aws:SourceAccount", values: [account] },
    {
      test: "ArnLike",
      variable: "aws:SourceArn",
      values: [`arn:aws:cognito-idp:${region}:${account}:userpool/${region}_*`],
    },
  ],
});
