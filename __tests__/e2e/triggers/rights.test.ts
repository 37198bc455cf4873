import { DescribeUserPoolCommand, UpdateUserAttributesCommand } from "@aws-sdk/client-cognito-identity-provider";
import { CreateFunctionCommand, DeleteFunctionCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { buildSync } from "esbuild";
import { zipSync } from "fflate";
import { TRIGGERS } from "../../../lib/triggers";
import { legacyItem } from "../../../tools/legacy-item";
import { LEGACY_TABLE, WEBHOOK_SECRET } from "../../all-triggers";
import { ROOT } from "../../checkout";
import {
  cognito,
  describeCloud,
  eventually,
  failure,
  type Ids,
  lambda,
  mailsTo,
  PASSWORD,
  signUpTo,
  uniquePhone,
} from "../cloud";
import type { Attempt } from "../fixtures/probe";
import { functionOf } from "../functions";
import { answerCode, attributesOf, beginCode, confirm, mailed, newAddress, newUser, withPassword } from "../people";
import { callJson, rightsOf, withoutRight } from "../services";
import { TRIGGERS_STACK as stack } from "./triggers-stack";

const NEUTRAL = "Something went wrong, please try again later";
const failed = (trigger: string) => ({
  name: "UserLambdaValidationException",
  message: `${trigger} failed with error ${NEUTRAL}.`,
});
const INCORRECT = { name: "NotAuthorizedException", message: "Incorrect username or password." };

/** The functions of the pool with all triggers, and of the one whose senders use a webhook. */
const FOLDERS = Object.values(TRIGGERS).map(({ folder }) => folder);
const deployed = (folder: string, pool = "all") => functionOf(`identity-triggers-${pool}-${folder}`);
const roleOf = async (folder: string, pool?: string) => (await deployed(folder, pool)).role;

/** Asserted at synthesis, since the local cloud lets everybody do it. */
const UNJUDGED = ["logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage"];

describeCloud("without one of its rights", () => {
  let all: Ids;
  let hooked: Ids;
  let ordinary: Ids;
  beforeAll(async () => {
    ({ all, hooked, ordinary } = await stack.ready());
  }, 300_000);

  const tried: string[] = [];
  /** What happens while a function lacks a right, which is then noted as tried. */
  function without<T>(folder: string, action: string, work: () => Promise<T>, pool = "all"): Promise<T> {
    tried.push(`${pool} ${folder} ${action}`);
    return roleOf(folder, pool).then((role) => withoutRight(role, action, work));
  }
  const signUp = (address = newAddress(), more = {}) => signUpTo(all, address, { email: address, ...more });

  it("pre sign-up refuses, since it cannot tell who is blocked", async () => {
    const refused = await without("pre-sign-up", "dynamodb:BatchGetItem", () => failure(signUp()));
    expect(refused).toEqual(failed("PreSignUp"));
    await signUp();
  });

  it("pre sign-up refuses, since it cannot tell who is in the legacy directory", async () => {
    const refused = await without("pre-sign-up", "dynamodb:GetItem", () => failure(signUp()));
    expect(refused).toEqual(failed("PreSignUp"));
    await signUp();
  });

  it("pre authentication and token generation refuse, since they cannot tell who is blocked", async () => {
    const address = await newUser(all);
    const attempt = () => failure(withPassword(all, address));
    for (const [folder, trigger] of [
      ["pre-authentication", "PreAuthentication"],
      ["pre-token-generation", "PreTokenGeneration"],
    ] as const) {
      expect(await without(folder, "dynamodb:BatchGetItem", attempt)).toEqual(failed(trigger));
    }
    await withPassword(all, address);
  });

  it("custom message refuses a change of address, since it cannot tell who is blocked", async () => {
    const change = await changeOf(await newUser(all));
    const attempt = () => failure(change("email", newAddress()));
    expect(await without("custom-message", "dynamodb:BatchGetItem", attempt)).toEqual(failed("CustomMessage"));
    await change("email", newAddress());
  });

  /** Changes an attribute of somebody who signs in for it. */
  async function changeOf(address: string) {
    const { AccessToken } = (await withPassword(all, address)).AuthenticationResult ?? {};
    return (Name: string, Value: string) =>
      cognito.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value }] }));
  }

  it("post confirmation fails, and the user stays confirmed", async () => {
    const address = newAddress();
    await signUp(address);
    const code = await mailed(address);
    const attempt = () => failure(confirm(address, code, all));
    expect(await without("post-confirmation", "cognito-idp:AdminAddUserToGroup", attempt)).toEqual(
      failed("PostConfirmation"),
    );
    await withPassword(all, address);
  });

  it("user migration migrates nobody, and answers as for an unknown user", async () => {
    const address = newAddress();
    const Item = await legacyItem(address, PASSWORD, { mail: address });
    await callJson("dynamodb", "DynamoDB_20120810.PutItem", { TableName: LEGACY_TABLE, Item });
    const attempt = () => failure(withPassword(all, address));
    expect(await without("user-migration", "dynamodb:GetItem", attempt)).toEqual(INCORRECT);
    expect((await failure(attributesOf(all, address))).name).toBe("UserNotFoundException");
    await withPassword(all, address);
  });

  it.each(["dynamodb:PutItem", "dynamodb:ConditionCheckItem"])(
    "post authentication (%s) lets people in, and leaves no record",
    async (action) => {
      const address = await newUser(all);
      await without("post-authentication", action, () => withPassword(all, address));
      const { sub = "" } = await attributesOf(all, address);
      const { Items } = await callJson<{ Items: unknown[] }>("dynamodb", "DynamoDB_20120810.Query", {
        TableName: "identity-triggers-all-sign-ins",
        KeyConditionExpression: "#user = :user",
        ExpressionAttributeNames: { "#user": "user" },
        ExpressionAttributeValues: { ":user": { S: sub } },
      });
      expect(Items).toEqual([]);
    },
  );

  describe("passwordless sign-in still asks for a code, and lets nobody in", () => {
    it.each(["dynamodb:UpdateItem", "dynamodb:PutItem", "kms:Encrypt", "ses:SendEmail"])(
      "that it did not mail (%s)",
      async (action) => {
        const address = await newUser(all);
        const { ChallengeName } = await without("custom-auth", action, () => beginCode(all, address));
        expect(ChallengeName).toBe("CUSTOM_CHALLENGE");
        expect(await mailsTo(address)).toHaveLength(1);
        const { Session } = await beginCode(all, address);
        expect((await answerCode(all, address, await mailed(address, 2), Session)).AuthenticationResult).toBeDefined();
      },
    );

    it.each(["dynamodb:GetItem", "kms:Decrypt"])(
      "that it cannot read again after a wrong answer (%s)",
      async (action) => {
        const address = await newUser(all);
        const begun = await beginCode(all, address);
        const code = await mailed(address, 2);
        const { Session, AuthenticationResult } = await without("custom-auth", action, async () => {
          const second = await answerCode(all, address, "wrong", begun.Session);
          return answerCode(all, address, code, second.Session);
        });
        expect([AuthenticationResult, typeof Session]).toEqual([undefined, "string"]);
      },
    );

    it("whose answers it cannot count (dynamodb:UpdateItem)", async () => {
      const address = await newUser(all);
      const { Session } = await beginCode(all, address);
      const code = await mailed(address, 2);
      const answer = () => answerCode(all, address, code, Session);
      expect((await without("custom-auth", "dynamodb:UpdateItem", answer)).AuthenticationResult).toBeUndefined();
    });
  });

  /** The events that a sender could not handle. */
  async function deadLetters(folder: string, pool: string): Promise<string[]> {
    const QueueUrl = `http://queue/000000000000/${(await deployed(folder, pool)).queue}`;
    const { Messages = [] } = await callJson<{ Messages?: { Body: string }[] }>("sqs", "AmazonSQS.ReceiveMessage", {
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
    });
    return Messages.map(({ Body }) => Body);
  }

  it("a sender sends nothing, the caller hears nothing, and the event is kept", async () => {
    const senders: [folder: string, pool: "all" | "hooked", actions: string[]][] = [
      ["custom-email-sender", "all", ["kms:Decrypt", "ses:SendEmail"]],
      ["custom-sms-sender", "all", ["kms:Decrypt", "sns:Publish"]],
      ["custom-email-sender", "hooked", ["kms:Decrypt", "ssm:GetParameter"]],
      ["custom-sms-sender", "hooked", ["kms:Decrypt", "ssm:GetParameter"]],
    ];
    const tryOne = async (folder: string, pool: "all" | "hooked", action: string) => {
      const [address, phone] = [newAddress(), uniquePhone()];
      const byText = folder === "custom-sms-sender";
      const work = async () => {
        const ids = pool === "all" ? all : hooked;
        await signUpTo(ids, address, { email: address, ...(byText && { phone_number: phone }) });
        await eventually(async () => (await deadLetters(folder, pool)).find((event) => event.includes(address)), 30);
      };
      await without(folder, action, work, pool);
      const sent = await mailsTo(byText ? phone : address);
      expect({ folder, pool, action, sent }).toEqual({ folder, pool, action, sent: [] });
    };
    // Lambda calls each function three times, with pauses, so the functions have their turn side by side.
    await Promise.all(
      senders.map(async ([folder, pool, actions]) => {
        for (const action of actions) await tryOne(folder, pool, action);
      }),
    );
  });

  it.each([
    ["custom-email-sender", "email", newAddress],
    ["custom-sms-sender", "phone_number", uniquePhone],
  ])("%s sends no code to a new address while it cannot tell who is blocked", async (folder, attribute, make) => {
    const change = await changeOf(await newUser(all));
    const next = make();
    await without(folder, "dynamodb:BatchGetItem", async () => {
      await change(attribute, next);
      await eventually(async () => (await deadLetters(folder, "all")).find((event) => event.includes(next)), 30);
    });
    expect(await mailsTo(next)).toEqual([]);
  });

  it("is what was tried for every right of every function", async () => {
    const rights = async (folder: string, pool: string) =>
      (await rightsOf(await roleOf(folder, pool)))
        .filter((action) => !UNJUDGED.includes(action))
        .map((action) => `${pool} ${folder} ${action}`);
    const ofAll = await Promise.all(FOLDERS.map((folder) => rights(folder, "all")));
    const ofHooked = await Promise.all(
      ["custom-email-sender", "custom-sms-sender"].map((folder) => rights(folder, "hooked")),
    );
    expect([...new Set(tried)].sort()).toEqual([...ofAll, ...ofHooked].flat().sort());
  });

  describe("no function can", () => {
    const PROBE = "identity-triggers-probe";
    const zip = () => {
      const entryPoints = ["__tests__/e2e/fixtures/probe.ts"];
      const { outputFiles } = buildSync({
        ...{ absWorkingDir: ROOT, entryPoints, bundle: true, platform: "node", format: "cjs", write: false },
        tsconfigRaw: {},
      });
      return zipSync({ "index.js": outputFiles[0]?.contents ?? new Uint8Array() });
    };

    let otherKey: string | undefined;
    beforeAll(async () => {
      const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: hooked.userPoolId }));
      otherKey = UserPool?.LambdaConfig?.KMSKeyID;
      expect(otherKey).toMatch(/^arn:aws:kms:/);
    });

    it.each(FOLDERS)("do what is another's: %s", async (folder) => {
      const block = { entry: { S: "user:somebody" } };
      const inOrdinary = { UserPoolId: ordinary.userPoolId, Username: "somebody" };
      const attempts: Attempt[] = [
        ["dynamodb", "DynamoDB_20120810.GetItem", { TableName: "identity-local-block-list", Key: block }],
        ["dynamodb", "DynamoDB_20120810.PutItem", { TableName: "identity-triggers-block-list", Item: block }],
        ["dynamodb", "DynamoDB_20120810.DeleteItem", { TableName: "identity-triggers-block-list", Key: block }],
        ["dynamodb", "DynamoDB_20120810.Scan", { TableName: LEGACY_TABLE }],
        ["dynamodb", "DynamoDB_20120810.Scan", { TableName: "identity-triggers-all-sign-ins" }],
        ["cognito-idp", "AWSCognitoIdentityProviderService.ListUsers", { UserPoolId: ordinary.userPoolId }],
        ["cognito-idp", "AWSCognitoIdentityProviderService.AdminGetUser", inOrdinary],
        [
          "cognito-idp",
          "AWSCognitoIdentityProviderService.AdminAddUserToGroup",
          { ...inOrdinary, GroupName: "members" },
        ],
        ["kms", "TrentService.Encrypt", { KeyId: otherKey, Plaintext: "eA==" }],
        ["ssm", "AmazonSSM.GetParameter", { Name: WEBHOOK_SECRET, WithDecryption: true }],
      ];
      await lambda.send(
        new CreateFunctionCommand({
          FunctionName: PROBE,
          Role: `arn:aws:iam::000000000000:role/${await roleOf(folder)}`,
          Runtime: "nodejs22.x",
          Handler: "index.handler",
          Code: { ZipFile: zip() },
          Timeout: 10,
        }),
      );
      try {
        const answer = await lambda.send(
          new InvokeCommand({ FunctionName: PROBE, Payload: Buffer.from(JSON.stringify(attempts)) }),
        );
        const outcomes = JSON.parse(Buffer.from(answer.Payload ?? []).toString()) as string[];
        const done = attempts.map(([, target], index) => `${target}: ${outcomes[index]}`);
        expect(done).toEqual(attempts.map(([, target]) => `${target}: AccessDeniedException`));
      } finally {
        await lambda.send(new DeleteFunctionCommand({ FunctionName: PROBE }));
      }
    });
  });
});
