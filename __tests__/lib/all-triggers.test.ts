import type { EnvironmentSettings } from "../../lib/environments";
import { TRIGGERS } from "../../lib/triggers";
import type { UserPoolProps } from "../../lib/user-pool";
import { ALL_TRIGGERS, SES_MAIL, sesMailOf } from "../all-triggers";
import { statementsOf } from "./policies";
import { address, identityStack, type Json, LOCAL, resource, STAMP, staffPool } from "./synthesized";

const POOL = "aws_cognito_user_pool";
const all = (props: Partial<UserPoolProps> = {}, environment: Partial<EnvironmentSettings> = {}) =>
  staffPool({ ...ALL_TRIGGERS, ...props }, { mail: SES_MAIL, ...environment });
const stack = all();

const arn = (folder: string) => `\${${address(stack, "aws_lambda_function", `staff_${folder}`)}.arn}`;

it("attaches all twelve triggers, each to its slot", () => {
  expect(resource(stack, POOL, "staff_").lambda_config).toMatchObject({
    pre_sign_up: arn("pre-sign-up"),
    post_confirmation: arn("post-confirmation"),
    user_migration: arn("user-migration"),
    pre_authentication: arn("pre-authentication"),
    post_authentication: arn("post-authentication"),
    define_auth_challenge: arn("custom-auth"),
    create_auth_challenge: arn("custom-auth"),
    verify_auth_challenge_response: arn("custom-auth"),
    pre_token_generation: arn("pre-token-generation"),
    pre_token_generation_config: { lambda_arn: arn("pre-token-generation"), lambda_version: "V2_0" },
    custom_message: arn("custom-message"),
    custom_email_sender: { lambda_arn: arn("custom-email-sender"), lambda_version: "V1_0" },
    custom_sms_sender: { lambda_arn: arn("custom-sms-sender"), lambda_version: "V1_0" },
    kms_key_id: `\${${address(stack, "aws_kms_key", "staff_")}.arn}`,
  });
});

describe.each(Object.keys(ALL_TRIGGERS.triggers) as (keyof typeof ALL_TRIGGERS.triggers)[])(
  "%s, not attached",
  (name) => {
    const triggers = { ...ALL_TRIGGERS.triggers, [name]: { ...ALL_TRIGGERS.triggers[name], attached: false } };
    const detached = all({ triggers });

    it("is provisioned whole, but the pool does not call it", () => {
      const before = resource(stack, POOL, "staff_").lambda_config;
      const after = resource(detached, POOL, "staff_").lambda_config;
      const slots = Object.keys(before).filter((slot) => !(slot in after));
      expect(slots).not.toEqual([]);
      for (const slot of slots) expect(JSON.stringify(before[slot])).toContain(arn(TRIGGERS[name].folder));
      expect(after).toEqual(Object.fromEntries(Object.entries(before).filter(([slot]) => !slots.includes(slot))));
      const { [POOL]: _, ...rest } = detached.resource;
      const { [POOL]: __, ...whole } = stack.resource;
      expect(Object.keys(rest)).toEqual(Object.keys(whole));
      for (const type of Object.keys(whole)) expect(Object.keys(rest[type])).toEqual(Object.keys(whole[type]));
    });
  },
);

it("names the key only while a sender is attached", () => {
  const { customEmailSender, customSmsSender, ...others } = ALL_TRIGGERS.triggers;
  const off = { attached: false };
  const triggers = {
    ...others,
    customEmailSender: { ...customEmailSender, ...off },
    customSmsSender: { ...customSmsSender, ...off },
  };
  expect(resource(all({ triggers }), POOL, "staff_").lambda_config.kms_key_id).toBeUndefined();
});

describe("the key of a pool's codes", () => {
  const key = resource(stack, "aws_kms_key", "staff_");

  it("lets Cognito make grants for pools of this account and Region, and nobody else use it by its policy", () => {
    expect(statementsOf(stack, key.policy)).toEqual([
      {
        Effect: "Allow",
        Resource: "*",
        Sid: "Administrators",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: "kms:*",
      },
      {
        Effect: "Allow",
        Resource: "*",
        Sid: "CognitoEncryptsCodes",
        Principal: { Service: "cognito-idp.amazonaws.com" },
        Action: "kms:CreateGrant",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111111111111" },
          ArnLike: { "aws:SourceArn": "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_*" },
        },
      },
    ]);
  });

  it("is symmetric, rotated, and kept", () => {
    expect(key).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
    });
    expect(key.customer_master_key_spec).toBeUndefined();
  });
});

describe.each(["custom-email-sender", "custom-sms-sender"])("the failures of %s", (folder) => {
  const prefix = `staff_${folder}`;
  const queue = address(stack, "aws_sqs_queue", `staff_${folder}-dead-letters`);

  it("are tried three times within an hour, and kept in an encrypted queue for four days", () => {
    expect(resource(stack, "aws_lambda_function_event_invoke_config", prefix)).toMatchObject({
      maximum_retry_attempts: 2,
      maximum_event_age_in_seconds: 3600,
    });
    expect(resource(stack, "aws_lambda_function", prefix).timeout).toBe(15);
    expect(resource(stack, "aws_lambda_function", prefix).dead_letter_config).toEqual({
      target_arn: `\${${queue}.arn}`,
    });
    expect(resource(stack, "aws_sqs_queue", `staff_${folder}-dead-letters`)).toMatchObject({
      name: `identity-test-staff-${folder}-dead-letters${STAMP}`,
      message_retention_seconds: 345600,
      sqs_managed_sse_enabled: true,
    });
  });

  it("raise an alarm as soon as there is one, to the environment's topic", () => {
    const alarmTopic = "arn:aws:sns:eu-west-1:111111111111:alarms";
    const alarm = resource(all({}, { alarmTopic }), "aws_cloudwatch_metric_alarm", prefix);
    expect(alarm).toMatchObject({
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
      treat_missing_data: "notBreaching",
      alarm_actions: [alarmTopic],
      metric_query: [
        {
          metric: {
            namespace: "AWS/SQS",
            metric_name: "ApproximateNumberOfMessagesVisible",
            dimensions: { QueueName: `\${${queue}.name}` },
          },
        },
      ],
    });
    expect(alarm.lifecycle).toBeUndefined();
  });
});

it("gives the pool the group that people come into", () => {
  expect(resource(stack, "aws_cognito_user_group", "staff_")).toMatchObject({
    name: "members",
    user_pool_id: `\${${address(stack, POOL, "staff_")}.id}`,
  });
});

it.each([
  ["sign-ins", { hash_key: "user", range_key: "at" }],
  ["one-time-codes", { hash_key: "user" }],
])("keeps %s in a table of the pool's own, whose items expire", (table, keys) => {
  expect(resource(stack, "aws_dynamodb_table", `staff_${table}`)).toMatchObject({
    name: `identity-test-staff-${table}`,
    ...keys,
    ttl: { attribute_name: "until", enabled: true },
    server_side_encryption: { enabled: true },
    deletion_protection_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
});

it("lets Cognito send text messages in a role for this account's pools, and to phone numbers alone", () => {
  const role = resource(stack, "aws_iam_role", "staff_text-messages");
  expect(statementsOf(stack, role.assume_role_policy)).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "cognito-idp.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "sts:ExternalId": "identity-test-staff", "aws:SourceAccount": "111111111111" },
        ArnLike: { "aws:SourceArn": "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_*" },
      },
    },
  ]);
  expect(statementsOf(stack, resource(stack, "aws_iam_role_policy", "staff_text-messages").policy)).toEqual([
    { Effect: "Allow", Action: "sns:Publish", NotResource: "arn:aws:sns:*:*:*" },
  ]);
});

describe("what the local cloud cannot judge", () => {
  const local = all({}, { ...LOCAL, mail: sesMailOf(LOCAL.account) });
  const statements = (json: Json) =>
    Object.values<Json>(json.resource.aws_iam_role_policy).flatMap(({ policy }) => statementsOf(json, policy));
  const conditions = (json: Json) =>
    statements(json)
      .filter(({ Condition }) => Condition)
      .map(({ Action, Condition }) => ({ Action, Condition }));

  it("is conditions on a code's pool and a mail's sender, everywhere else", () => {
    const pool = `\${${address(stack, POOL, "staff_")}.id}`;
    const ofPool = { StringEquals: { "kms:EncryptionContext:userpool-id": pool } };
    const from = { StringEquals: { "ses:FromAddress": "no-reply@mail.example.org" } };
    expect(conditions(stack)).toEqual(
      expect.arrayContaining([
        { Action: "kms:Decrypt", Condition: ofPool },
        { Action: ["kms:Encrypt", "kms:Decrypt"], Condition: ofPool },
        { Action: "ses:SendEmail", Condition: from },
      ]),
    );
    expect(conditions(stack)).toHaveLength(5);
    expect(conditions(local)).toEqual([]);
  });

  it("is an SES identity, everywhere else", () => {
    const mail = (json: Json) => statements(json).filter(({ Action }) => Action.includes("ses:SendEmail"));
    for (const { Resource } of mail(stack)) expect(Resource).toBe(SES_MAIL.identityArn);
    for (const { Resource } of mail(local)) expect(Resource).toBe("*");
  });

  it("is a longer wait for the block list, everywhere else", () => {
    const waits = (changes?: Partial<EnvironmentSettings>) =>
      Object.values<Json>(identityStack(changes).resource.aws_lambda_function)
        .map(({ environment }) => JSON.parse(environment.variables.SETTINGS).access)
        .filter((access) => access?.blockListTable)
        .map(({ blockListDeadline }) => blockListDeadline);
    expect(waits(LOCAL)).toEqual([4000, 4000, 4000]);
    expect(waits()).toEqual([undefined, undefined, undefined]);
  });

  it("is four properties of an alarm, everywhere else", () => {
    const lifecycle = (json: Json) => resource(json, "aws_cloudwatch_metric_alarm", "staff_custom-email").lifecycle;
    expect(lifecycle(local)).toEqual({
      ignore_changes: ["actions_enabled", "alarm_actions", "alarm_description", "treat_missing_data"],
    });
  });

  it("is nothing else", () => {
    const neutral = (json: Json) => new Set(statements(json).map(({ Action }) => JSON.stringify(Action)));
    expect(neutral(local)).toEqual(neutral(stack));
  });
});
