import { APP, type Environment } from "./environments";
import { bucketName, ciRoleArn } from "./names";
import type { Statement } from "./policy-document";

// What CI may do in AWS: for each type of resource of the stacks, the calls that Terraform's provider makes. A test
// compares the types with those that the stacks have.
//
// CI cannot delete anybody's account: no row has the call that deletes a pool, an app client, a group, an identity
// provider, a table, a key or a bucket. A person does that, with other credentials, after taking the protection away.

/** What of an environment decides what CI may do in it. */
export type Place = Pick<
  Environment,
  "name" | "account" | "region" | "permissionsBoundary" | "identityProviders" | "customDomain"
>;

/** Calls, and what they are allowed on. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: (place: Place) => readonly string[];
  readonly condition?: (place: Place) => NonNullable<Statement["condition"]>;
}

interface Row {
  /** What a plan needs. */
  readonly read: readonly Grant[];
  /** What else a deployment needs. */
  readonly write: readonly Grant[];
  /**
   * Whether the environment has such resources.
   * @default yes
   */
  readonly isNeeded?: (place: Place) => boolean;
}

const regional = (service: string, resource: (name: string) => string) => {
  return ({ name, account, region }: Place) => [
    `arn:aws:${service}:${region}:${account}:${resource(`${APP}-${name}-*`)}`,
  ];
};

const FUNCTIONS = regional("lambda", (name) => `function:${name}`);
const TABLES = regional("dynamodb", (name) => `table/${name}`);
const QUEUES = regional("sqs", (name) => name);
const ALARMS = regional("cloudwatch", (name) => `alarm:${name}`);
const LOG_GROUPS = (place: Place) =>
  // AWS compares some calls with the group, and some with its streams.
  ["", ":*"].flatMap((end) => regional("logs", (name) => `log-group:/aws/lambda/${name}${end}`)(place));
const POOLS = ({ account, region }: Place) => [`arn:aws:cognito-idp:${region}:${account}:userpool/*`];
const KEYS = ({ account, region }: Place) => [`arn:aws:kms:${region}:${account}:key/*`];
const ROLES = ({ name, account }: Place) => [`arn:aws:iam::${account}:role/${APP}-${name}-*`];
/** A plan of the state stack reads CI's own two roles. */
const ROLES_AND_CI = (place: Place) => [
  ...ROLES(place),
  ...(["plan", "deploy"] as const).map((which) => ciRoleArn(place, which)),
];
const BUCKETS = (place: Place) => [
  `arn:aws:s3:::${bucketName(place, "state")}`,
  `arn:aws:s3:::${bucketName(place, "code")}`,
];
const CODE = (place: Place) => [`arn:aws:s3:::${bucketName(place, "code")}/functions/*`];
/** The call has no ARN, or AWS gives it only when the thing exists. */
export const ANY = () => ["*"];

/** Pools and keys have no name in their ARN, so they are told apart by the tags that the provider gives to all. */
const tagged =
  (variable: "aws:ResourceTag" | "aws:RequestTag") =>
  ({ name }: Place) => [
    { test: "StringEquals", variable: `${variable}/app`, values: [APP] },
    { test: "StringEquals", variable: `${variable}/environment`, values: [name] },
  ];
const OURS = tagged("aws:ResourceTag");
const TO_BE_OURS = tagged("aws:RequestTag");

/** Where an environment has a boundary, a role can be made or changed only with it. */
const withBoundary = ({ permissionsBoundary }: Place) =>
  permissionsBoundary
    ? [{ test: "StringEquals", variable: "iam:PermissionsBoundary", values: [permissionsBoundary] }]
    : [];

/** The stack's own bucket settings are made by a person: npm run bootstrap. */
const readBucket = (...actions: string[]): Row => ({ read: [{ actions, resources: BUCKETS }], write: [] });

export const CI_PERMISSIONS: Readonly<Record<string, Row>> = {
  aws_s3_bucket: readBucket(
    "s3:GetAccelerateConfiguration",
    "s3:GetBucketAcl",
    "s3:GetBucketCORS",
    "s3:GetBucketLogging",
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketPolicy",
    "s3:GetBucketRequestPayment",
    "s3:GetBucketTagging",
    "s3:GetBucketVersioning",
    "s3:GetBucketWebsite",
    "s3:GetEncryptionConfiguration",
    "s3:GetLifecycleConfiguration",
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
  ),
  aws_s3_bucket_policy: readBucket("s3:GetBucketPolicy"),
  aws_s3_bucket_public_access_block: readBucket("s3:GetBucketPublicAccessBlock"),
  aws_s3_bucket_server_side_encryption_configuration: readBucket("s3:GetEncryptionConfiguration"),
  aws_s3_bucket_versioning: readBucket("s3:GetBucketVersioning"),
  aws_s3_object: {
    read: [{ actions: ["s3:GetObject", "s3:GetObjectTagging"], resources: CODE }],
    write: [
      // Lambda reads the code with the right of whoever creates the function. The provider deletes all versions of it.
      {
        actions: ["s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "s3:DeleteObjectVersion"],
        resources: CODE,
      },
      { actions: ["s3:ListBucketVersions"], resources: (place) => [`arn:aws:s3:::${bucketName(place, "code")}`] },
    ],
  },
  aws_iam_openid_connect_provider: {
    read: [
      {
        actions: ["iam:GetOpenIDConnectProvider"],
        resources: ({ account }) => [`arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`],
      },
    ],
    write: [],
  },
  aws_iam_role: {
    read: [
      {
        actions: ["iam:GetRole", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies"],
        resources: ROLES_AND_CI,
      },
    ],
    write: [
      { actions: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"], resources: ROLES, condition: withBoundary },
      {
        actions: [
          "iam:UpdateAssumeRolePolicy",
          "iam:UpdateRole",
          "iam:UpdateRoleDescription",
          "iam:TagRole",
          "iam:UntagRole",
          "iam:DeleteRole",
          "iam:ListInstanceProfilesForRole",
        ],
        resources: ROLES,
      },
      {
        actions: ["iam:PassRole"],
        resources: ROLES,
        condition: () => [
          {
            test: "StringEquals",
            variable: "iam:PassedToService",
            values: ["lambda.amazonaws.com", "cognito-idp.amazonaws.com"],
          },
        ],
      },
    ],
  },
  aws_iam_role_policy: {
    read: [
      {
        actions: ["iam:GetRolePolicy"],
        resources: ROLES_AND_CI,
      },
    ],
    write: [
      { actions: ["iam:PutRolePolicy"], resources: ROLES, condition: withBoundary },
      { actions: ["iam:DeleteRolePolicy"], resources: ROLES },
    ],
  },
  aws_lambda_function: {
    read: [
      {
        actions: ["lambda:GetFunction", "lambda:GetFunctionCodeSigningConfig", "lambda:ListVersionsByFunction"],
        resources: FUNCTIONS,
      },
    ],
    write: [
      {
        actions: [
          "lambda:CreateFunction",
          "lambda:UpdateFunctionCode",
          "lambda:UpdateFunctionConfiguration",
          "lambda:DeleteFunction",
          "lambda:TagResource",
          "lambda:UntagResource",
        ],
        resources: FUNCTIONS,
      },
    ],
  },
  aws_lambda_function_event_invoke_config: {
    read: [{ actions: ["lambda:GetFunctionEventInvokeConfig"], resources: FUNCTIONS }],
    write: [
      {
        actions: ["lambda:PutFunctionEventInvokeConfig", "lambda:DeleteFunctionEventInvokeConfig"],
        resources: FUNCTIONS,
      },
    ],
  },
  aws_lambda_permission: {
    read: [{ actions: ["lambda:GetPolicy"], resources: FUNCTIONS }],
    write: [{ actions: ["lambda:AddPermission", "lambda:RemovePermission"], resources: FUNCTIONS }],
  },
  aws_cloudwatch_log_group: {
    read: [
      { actions: ["logs:DescribeLogGroups"], resources: ANY },
      { actions: ["logs:ListTagsForResource"], resources: LOG_GROUPS },
    ],
    write: [
      {
        actions: [
          "logs:CreateLogGroup",
          "logs:PutRetentionPolicy",
          "logs:DeleteLogGroup",
          "logs:TagResource",
          "logs:UntagResource",
        ],
        resources: LOG_GROUPS,
      },
    ],
  },
  aws_cloudwatch_log_metric_filter: {
    read: [{ actions: ["logs:DescribeMetricFilters"], resources: LOG_GROUPS }],
    write: [{ actions: ["logs:PutMetricFilter", "logs:DeleteMetricFilter"], resources: LOG_GROUPS }],
  },
  aws_cloudwatch_metric_alarm: {
    read: [
      { actions: ["cloudwatch:DescribeAlarms"], resources: ANY },
      { actions: ["cloudwatch:ListTagsForResource"], resources: ALARMS },
    ],
    write: [
      {
        actions: [
          "cloudwatch:PutMetricAlarm",
          "cloudwatch:DeleteAlarms",
          "cloudwatch:TagResource",
          "cloudwatch:UntagResource",
        ],
        resources: ALARMS,
      },
    ],
  },
  aws_sqs_queue: {
    read: [{ actions: ["sqs:GetQueueAttributes", "sqs:ListQueueTags"], resources: QUEUES }],
    write: [
      {
        actions: ["sqs:CreateQueue", "sqs:SetQueueAttributes", "sqs:DeleteQueue", "sqs:TagQueue", "sqs:UntagQueue"],
        resources: QUEUES,
      },
    ],
  },
  aws_dynamodb_table: {
    read: [
      {
        actions: [
          "dynamodb:DescribeTable",
          "dynamodb:DescribeContinuousBackups",
          "dynamodb:DescribeTimeToLive",
          "dynamodb:ListTagsOfResource",
        ],
        resources: TABLES,
      },
    ],
    write: [
      {
        actions: [
          "dynamodb:CreateTable",
          "dynamodb:UpdateTable",
          "dynamodb:UpdateContinuousBackups",
          "dynamodb:UpdateTimeToLive",
          "dynamodb:TagResource",
          "dynamodb:UntagResource",
        ],
        resources: TABLES,
      },
    ],
  },
  aws_kms_key: {
    read: [
      {
        actions: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
        resources: KEYS,
        condition: OURS,
      },
    ],
    write: [
      { actions: ["kms:CreateKey", "kms:TagResource"], resources: ANY, condition: TO_BE_OURS },
      {
        // The grant is Cognito's, to encrypt codes: a principal that updates such a pool makes it.
        actions: [
          "kms:PutKeyPolicy",
          "kms:EnableKeyRotation",
          "kms:UpdateKeyDescription",
          "kms:UntagResource",
          "kms:CreateGrant",
        ],
        resources: KEYS,
        condition: OURS,
      },
    ],
  },
  aws_cognito_user_pool: {
    read: [
      {
        actions: ["cognito-idp:DescribeUserPool", "cognito-idp:GetUserPoolMfaConfig"],
        resources: POOLS,
        condition: OURS,
      },
    ],
    write: [
      { actions: ["cognito-idp:CreateUserPool"], resources: ANY, condition: TO_BE_OURS },
      {
        actions: [
          "cognito-idp:UpdateUserPool",
          "cognito-idp:SetUserPoolMfaConfig",
          "cognito-idp:AddCustomAttributes",
          "cognito-idp:TagResource",
          "cognito-idp:UntagResource",
        ],
        resources: POOLS,
        condition: OURS,
      },
      {
        // Cognito makes its role for mail when the first pool of an account sends through SES.
        actions: ["iam:CreateServiceLinkedRole"],
        resources: ({ account }) => [
          `arn:aws:iam::${account}:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmailService`,
        ],
        condition: () => [
          { test: "StringEquals", variable: "iam:AWSServiceName", values: ["email.cognito-idp.amazonaws.com"] },
        ],
      },
    ],
  },
  aws_cognito_user_pool_client: {
    read: [{ actions: ["cognito-idp:DescribeUserPoolClient"], resources: POOLS, condition: OURS }],
    write: [
      {
        actions: ["cognito-idp:CreateUserPoolClient", "cognito-idp:UpdateUserPoolClient"],
        resources: POOLS,
        condition: OURS,
      },
    ],
  },
  aws_cognito_user_pool_domain: {
    read: [{ actions: ["cognito-idp:DescribeUserPoolDomain"], resources: ANY }],
    write: [
      {
        actions: [
          "cognito-idp:CreateUserPoolDomain",
          "cognito-idp:UpdateUserPoolDomain",
          "cognito-idp:DeleteUserPoolDomain",
        ],
        resources: POOLS,
        condition: OURS,
      },
    ],
  },
  aws_cognito_identity_provider: {
    isNeeded: ({ identityProviders }) => identityProviders !== undefined,
    read: [{ actions: ["cognito-idp:DescribeIdentityProvider"], resources: POOLS, condition: OURS }],
    write: [
      {
        actions: ["cognito-idp:CreateIdentityProvider", "cognito-idp:UpdateIdentityProvider"],
        resources: POOLS,
        condition: OURS,
      },
    ],
  },
  aws_cognito_user_group: {
    read: [{ actions: ["cognito-idp:GetGroup"], resources: POOLS, condition: OURS }],
    write: [{ actions: ["cognito-idp:CreateGroup", "cognito-idp:UpdateGroup"], resources: POOLS, condition: OURS }],
  },
  // It is only in Terraform's state.
  terraform_data: { read: [], write: [] },
};
