import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { MessageKind } from "../../../gateway/messages/message-texts";
import { sendMessage } from "../../../gateway/messages/send-message";
import type { User } from "../../../gateway/users/user";
import { fakeContext } from "../fake-context";

const arn = "arn:aws:lambda:eu-west-1:000000000000:function:fn";
const key = "arn:aws:kms:eu-west-1:000000000000:key/1";
const allowing = { Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: arn } };
const email = { attribute: "email", address: "jo@example.org" } as const;
const phone = { attribute: "phone_number", address: "+49123456" } as const;
const user = {
  username: "jo<b>",
  sub: "1",
  status: "UNCONFIRMED",
  attributes: { email: "jo@example.org", email_verified: "false" },
} as unknown as User;

/** A pool, what it sent and to whom, and the events that its function got and answered with `response`. */
function poolWith(pool: UserPoolType, { response = {}, policy = allowing as object, fault = "" } = {}) {
  const sent: string[][] = [];
  const events: Record<string, unknown>[] = [];
  const context = fakeContext({
    pool,
    aws: {
      policy: async () => policy,
      sendMail: async (...mail: string[]) => void sent.push(mail),
      sendText: async (...text: string[]) => {
        if (fault) throw Object.assign(new Error("no"), { name: fault });
        sent.push(text);
      },
      encrypt: async (...what: unknown[]) => {
        if (fault) throw Object.assign(new Error("no"), { name: fault });
        return JSON.stringify(what);
      },
      invoke: async (_: object, event: Record<string, unknown>, __: number, type?: string) => {
        if (fault) throw Object.assign(new Error("no"), { name: fault, $metadata: { httpStatusCode: 400 } });
        events.push({ ...event, type });
        return { Payload: Buffer.from(JSON.stringify({ ...event, response })) };
      },
    },
  });
  const send = (
    kind: MessageKind,
    to: typeof email | typeof phone = email,
    secret = "123456",
    metadata?: { a: string },
  ) => sendMessage(context, { kind, user, to, secret, metadata });
  return { context, sent, events, send };
}

const ownWords: UserPoolType = {
  VerificationMessageTemplate: { EmailSubject: "Code", EmailMessage: "<b>{####}</b>", SmsMessage: "Code {####}" },
  AdminCreateUserConfig: { InviteMessageTemplate: { SMSMessage: "{username}, {####}" } },
  EmailConfiguration: { EmailSendingAccount: "DEVELOPER", SourceArn: "arn:aws:ses:::identity/a@b.c" },
};

describe("a message", () => {
  it("is sent in the pool's texts, or else in Cognito's, with name and password escaped in HTML", async () => {
    const { sent, send } = poolWith(ownWords);
    await send("SignUp");
    await send("SignUp", phone);
    await send("AdminCreateUser", email, "a<b&c");
    await send("AdminCreateUser", phone, "a<b&c");
    expect(sent).toEqual([
      ["a@b.c", "jo@example.org", "Code", "<b>123456</b>"],
      ["+49123456", "Code 123456"],
      [
        "a@b.c",
        "jo@example.org",
        "Your temporary password",
        "Your username is jo&lt;b&gt; and temporary password is a&lt;b&amp;c.",
      ],
      ["+49123456", "jo<b>, a<b&c"],
    ]);
  });

  it("that cannot be sent is an error for the caller", async () => {
    const { send } = poolWith({}, { fault: "SNS 400" });
    await expect(send("SignUp", phone)).rejects.toMatchObject({ name: "CodeDeliveryFailureException" });
  });
});

describe("the custom message trigger", () => {
  const triggered = { ...ownWords, LambdaConfig: { CustomMessage: arn } };

  it.each([
    ["SignUp", null],
    ["ResendCode", null],
    ["ForgotPassword", null],
    ["UpdateUserAttribute", null],
    ["VerifyUserAttribute", null],
    ["AdminCreateUser", "{username}"],
  ] as const)("is asked for %s, with its placeholders", async (kind, usernameParameter) => {
    const { events, send } = poolWith(triggered);
    await send(kind, email, "123456", { a: "b" });
    await send(kind);
    const request = {
      userAttributes: { sub: "1", ...user.attributes, "cognito:user_status": "UNCONFIRMED" },
      codeParameter: "{####}",
      linkParameter: "{##Click Here##}",
      usernameParameter,
    };
    const response = { smsMessage: null, emailMessage: null, emailSubject: null };
    expect(events[0]).toMatchObject({ version: "1", triggerSource: `CustomMessage_${kind}`, response });
    expect(events[0]?.request).toEqual({ ...request, clientMetadata: { a: "b" } });
    expect(events[1]?.request).toEqual(request);
  });

  it("says what is sent in each medium; what it leaves null, the pool says", async () => {
    const response = { emailSubject: "Hi", emailMessage: "<i>{####}</i>", smsMessage: null };
    const { sent, send } = poolWith(triggered, { response });
    await send("SignUp");
    await send("SignUp", phone);
    expect(sent).toEqual([
      ["a@b.c", "jo@example.org", "Hi", "<i>123456</i>"],
      ["+49123456", "Code 123456"],
    ]);
  });

  it("sees and reaches the address that is still pending", async () => {
    const { sent, events, send } = poolWith(triggered);
    await send("UpdateUserAttribute", { ...email, address: "new@example.org" } as never);
    expect(events[0]).toMatchObject({ request: { userAttributes: { email: "new@example.org" } } });
    expect(sent[0]?.[1]).toBe("new@example.org");
  });

  const code = "{####}";
  it.each<[string, MessageKind, object, UserPoolType]>([
    ["emailMessage does not contain {####}", "SignUp", { emailMessage: "Hi" }, {}],
    ["smsMessage does not contain {####}", "SignUp", { smsMessage: "Hi" }, {}],
    ["smsMessage does not contain {username}", "AdminCreateUser", { smsMessage: code }, {}],
    ["smsMessage is longer than 140 characters", "SignUp", { smsMessage: code.padEnd(141) }, {}],
    ["emailMessage is longer than 20000 characters", "SignUp", { emailMessage: code.padEnd(20_001) }, {}],
    ["emailSubject is longer than 140 characters", "SignUp", { emailSubject: "x".repeat(141) }, {}],
    ["emailSubject needs a pool that sends", "SignUp", { emailSubject: "x" }, { EmailConfiguration: {} }],
    [
      "emailMessage needs a pool that sends",
      "SignUp",
      { emailMessage: code },
      { EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" } },
    ],
    ["Unrecognizable lambda output", "SignUp", { smsMessage: 1 }, {}],
  ])("is refused: %s", async (text, kind, response, change) => {
    const { sent, send } = poolWith({ ...triggered, ...change }, { response });
    await expect(send(kind)).rejects.toMatchObject({
      name: "InvalidLambdaResponseException",
      message: expect.stringContaining(text),
    });
    expect(sent).toEqual([]);
  });

  it("may use every character that it is allowed", async () => {
    const response = { smsMessage: code.padEnd(140), emailMessage: code.padEnd(20_000), emailSubject: "x".repeat(140) };
    await expect(poolWith(triggered, { response }).send("SignUp")).resolves.toBeUndefined();
  });
});

describe("a custom sender", () => {
  const senders = {
    CustomEmailSender: { LambdaVersion: "V1_0", LambdaArn: arn },
    CustomSMSSender: { LambdaVersion: "V1_0", LambdaArn: arn },
    KMSKeyID: key,
  } as const;

  it.each([
    ["Email", email],
    ["SMS", phone],
  ] as const)("for %s gets the code encrypted, asynchronously, and no other message is sent", async (name, to) => {
    const { context, sent, events, send } = poolWith({ LambdaConfig: senders });
    await send("AdminCreateUser", to, "a<b");
    expect(sent).toEqual([]);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      version: "1",
      triggerSource: `Custom${name}Sender_AdminCreateUser`,
      userName: "jo<b>",
      type: "Event",
      request: {
        type: `custom${name}SenderRequestV1`,
        code: JSON.stringify([key, "a&lt;b", { "userpool-id": "eu-west-1_abc" }]),
        userAttributes: { [to.attribute]: to.address },
        clientMetadata: null,
      },
    });
    expect(events[0]).not.toHaveProperty("response");
    expect(context.triggerLog).toMatchObject([{ trigger: `Custom${name}Sender`, outcome: "queued" }]);
  });

  it("comes after the custom message trigger, whose texts are not sent", async () => {
    const { sent, events, send } = poolWith({ LambdaConfig: { ...senders, CustomMessage: arn } });
    await send("SignUp");
    expect(events).toMatchObject([
      { triggerSource: "CustomMessage_SignUp" },
      { triggerSource: "CustomEmailSender_SignUp" },
    ]);
    expect(sent).toEqual([]);
  });

  it("serves its own medium only", async () => {
    const { sent, events, send } = poolWith({ LambdaConfig: { ...senders, CustomSMSSender: undefined } });
    await send("SignUp", phone);
    expect(events).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  it("that may not be called sends nothing, and the error is in the log alone", async () => {
    const { context, sent, events, send } = poolWith({ LambdaConfig: senders }, { policy: { Statement: [] } });
    await send("SignUp");
    expect([sent, events]).toEqual([[], []]);
    expect(context.triggerLog).toMatchObject([{ outcome: "UnexpectedLambdaException" }]);
  });

  it("that Lambda does not accept is no error for the caller", async () => {
    const { context, send } = poolWith({ LambdaConfig: senders }, { fault: "ResourceConflictException" });
    context.aws.encrypt = async () => "";
    await send("SignUp");
    expect(context.triggerLog).toMatchObject([{ outcome: "UnexpectedLambdaException" }]);
  });

  it("whose key does not work is an error for the caller", async () => {
    const { send } = poolWith({ LambdaConfig: senders }, { fault: "DisabledException" });
    await expect(send("SignUp")).rejects.toMatchObject({ name: "CodeDeliveryFailureException" });
  });
});
