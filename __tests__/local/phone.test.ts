import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import * as attributes from "../../local/gateway/attribute-changes";
import type { AtClient } from "../../local/gateway/context";
import { deliveryTo, recoveryWays, toProve, toRecover } from "../../local/gateway/destinations";
import { adminCreateUser } from "../../local/gateway/invitations";
import * as password from "../../local/gateway/password";
import * as signUp from "../../local/gateway/sign-up";
import { findUser } from "../../local/gateway/users";
import { type TemporaryStore, temporaryStore } from "./temporary-store";

let store: TemporaryStore;
beforeAll(async () => {
  store = await temporaryStore();
});
afterAll(() => store.remove());

const mail = "jo@example.org";
const number = "+4915112341234";
const Password = "GoodPass1!";
const SchemaAttributes = ["email", "phone_number", "email_verified", "phone_number_verified"].map((Name) => ({
  Name,
  AttributeDataType: "String" as const,
  Mutable: true,
}));
let made = 0;

/** A pool that proves addresses and numbers, and the messages that it sent, as `[to, text]`. */
function inPool(settings: UserPoolType = {}) {
  const sent: [to: string, text: string][] = [];
  const pool: UserPoolType = { SchemaAttributes, AutoVerifiedAttributes: ["email", "phone_number"], ...settings };
  const at = {
    store,
    poolId: `pool_${made++}`,
    pool,
    client: {},
    clientId: "client",
    triggerLog: [],
    aws: {
      send: async (_: string, to: string, __: string, body: string) => void sent.push([to, body]),
      publish: async (to: string, text: string) => void sent.push([to, text]),
    },
  } as unknown as AtClient;
  const user = () => {
    const found = findUser(at, "jo");
    if (!found) throw new Error("There is no jo.");
    return found;
  };
  return { at, sent, user, code: () => sent.at(-1)?.[1].match(/\d{6}/)?.[0] ?? "" };
}

const list = (given: Record<string, string>) => Object.entries(given).map(([Name, Value]) => ({ Name, Value }));

async function joined(given: Record<string, string>, settings?: UserPoolType) {
  const pool = inPool(settings);
  const answer = await signUp.signUp(pool.at, { Username: "jo", Password, UserAttributes: list(given) } as never);
  const confirm = () =>
    signUp.confirmSignUp({ at: pool.at, user: pool.user() }, { ConfirmationCode: pool.code() } as never);
  return { ...pool, answer, confirm, subject: () => ({ at: pool.at, user: pool.user() }) };
}

const sms = { AttributeName: "phone_number", DeliveryMedium: "SMS", Destination: "+*********1234" };
const byMail = { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "j***@e***" };

describe("a sign-up", () => {
  it("with both sends a text message, whose code proves the number alone", async () => {
    const { answer, sent, confirm, user } = await joined({ email: mail, phone_number: number });
    expect(answer.CodeDeliveryDetails).toEqual(sms);
    expect(sent.map(([to]) => to)).toEqual([number]);
    await confirm();
    expect(user()).toMatchObject({
      status: "CONFIRMED",
      attributes: { phone_number_verified: "true", email_verified: "false" },
    });
  });

  it("with an address sends a mail, whose code proves the address alone", async () => {
    const { answer, confirm, user } = await joined(
      { email: mail, phone_number: number },
      { AutoVerifiedAttributes: ["email"] },
    );
    expect(answer.CodeDeliveryDetails).toEqual(byMail);
    await confirm();
    expect(user().attributes).toMatchObject({ phone_number_verified: "false", email_verified: "true" });
  });

  it("confirmed by an administrator proves nothing", async () => {
    const { subject, user } = await joined({ email: mail, phone_number: number });
    await signUp.adminConfirmSignUp(subject(), {} as never);
    expect(user().attributes).toMatchObject({ phone_number_verified: "false", email_verified: "false" });
  });

  it("gets its code again by the same way", async () => {
    const { subject, sent, confirm } = await joined({ phone_number: number });
    const again = await signUp.resendConfirmationCode(subject(), { Username: "jo" } as never);
    expect(again.CodeDeliveryDetails).toEqual(sms);
    expect(sent).toHaveLength(2);
    await confirm();
  });
});

describe("a new number", () => {
  const change = (UserAttributes: ReturnType<typeof list>) => ({ UserAttributes }) as never;
  const verify = (AttributeName: string, Code: string) => ({ AttributeName, Code }) as never;

  it("is proven by its own code, as is a new address by the other", async () => {
    const { at, sent, subject, user } = await joined({ phone_number: number });
    const { CodeDeliveryDetailsList } = await attributes.update(
      { at: { ...at, client: {} }, user: user() },
      change(list({ phone_number: "+4915199991234", email: mail })),
    );
    expect(CodeDeliveryDetailsList).toEqual([sms, byMail]);
    const [forNumber = "", forMail = ""] = sent.slice(-2).map(([, text]) => text.match(/\d{6}/)?.[0]);
    await attributes.verify(subject(), verify("phone_number", forNumber));
    expect(user().attributes).toMatchObject({ phone_number_verified: "true", email_verified: "false" });
    await attributes.verify(subject(), verify("email", forMail));
    expect(user().attributes).toMatchObject({ phone_number_verified: "true", email_verified: "true" });
  });

  it("waits where the pool has it so, also for a code that was sent again", async () => {
    const { sent, subject, user, code } = await joined(
      { phone_number: number },
      { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["phone_number"] } },
    );
    await attributes.update(subject(), change(list({ phone_number: "+4915199991234" })));
    expect(user().attributes.phone_number).toBe(number);
    await attributes.sendNewCode(subject(), { AttributeName: "phone_number" } as never);
    expect(sent.slice(-2).map(([to]) => to)).toEqual(["+4915199991234", "+4915199991234"]);
    await attributes.verify(subject(), verify("phone_number", code()));
    expect(user().attributes).toMatchObject({ phone_number: "+4915199991234", phone_number_verified: "true" });
    expect(user().pending).toEqual({});
  });

  it("that waits is forgotten when another is written as proven", async () => {
    const { subject, user, code } = await joined(
      { phone_number: number },
      { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["phone_number"] } },
    );
    await attributes.update(subject(), change(list({ phone_number: "+4915199991234" })));
    const { client: _, ...administrator } = subject().at;
    const proven = list({ phone_number: "+491", phone_number_verified: "true" });
    await attributes.adminUpdate({ at: administrator, user: user() }, change(proven));
    await expect(attributes.verify(subject(), verify("phone_number", code()))).rejects.toThrow("Invalid verification");
    expect(user().attributes.phone_number).toBe("+491");
    expect(user().pending).toEqual({});
  });
});

describe("a forgotten password", () => {
  const mechanisms = (...names: string[]) => ({
    AccountRecoverySetting: {
      RecoveryMechanisms: names.map((Name, i) => ({ Name: Name as "admin_only", Priority: i + 1 })),
    },
  });
  const proven = { email: mail, email_verified: "true", phone_number: number, phone_number_verified: "true" };

  it.each([
    [{}, proven, "phone_number"],
    [mechanisms("verified_email", "verified_phone_number"), proven, "email"],
    [mechanisms("verified_phone_number", "verified_email"), proven, "phone_number"],
    [mechanisms("verified_email"), { ...proven, email_verified: "false" }, undefined],
    [mechanisms("verified_email", "verified_phone_number"), { ...proven, email_verified: "false" }, "phone_number"],
    [mechanisms("admin_only"), proven, undefined],
  ])("goes the first way that is proven: %j %j %s", (pool, given, way) => {
    expect(toRecover(recoveryWays(pool), given)?.attribute).toBe(way);
  });

  it("is replaced by text message", async () => {
    const { subject, confirm, sent, user, code } = await joined({ phone_number: number });
    await confirm();
    const before = user().password;
    const answer = await password.forgotPassword(subject(), { Username: "jo" } as never);
    expect(answer.CodeDeliveryDetails).toEqual(sms);
    expect(sent.at(-1)?.[0]).toBe(number);
    const input = { Username: "jo", ConfirmationCode: code(), Password: "OtherPass1!" };
    await password.confirmForgotPassword(subject(), input as never);
    expect(user().password).not.toEqual(before);
  });

  it("of nobody seems to go by the ways that the pool has", async () => {
    const ask = async (settings: UserPoolType, Username: string) => {
      const { at } = inPool(settings);
      const nobody = { at: { ...at, client: { PreventUserExistenceErrors: "ENABLED" as const } }, user: undefined };
      return (await password.forgotPassword(nobody, { Username } as never)).CodeDeliveryDetails;
    };
    const aliases: UserPoolType = { AliasAttributes: ["email", "phone_number"] };
    const madeUp = { DeliveryMedium: "SMS", Destination: expect.stringMatching(/^\+\*{7}\d{4}$/) };
    expect(await ask(aliases, number)).toEqual(sms);
    expect(await ask(aliases, mail)).toEqual(byMail);
    expect(await ask(aliases, "somebody")).toMatchObject(madeUp);
    expect(await ask({}, mail)).toMatchObject(madeUp);
    expect(await ask({ AutoVerifiedAttributes: ["email"] }, "somebody")).toMatchObject({ DeliveryMedium: "EMAIL" });
  });
});

describe("an invitation", () => {
  it.each([
    [["SMS"], [number]],
    [["EMAIL"], [mail]],
    [
      ["EMAIL", "SMS"],
      [number, mail],
    ],
    [undefined, [number]],
  ])("by %p goes to %p", async (DesiredDeliveryMediums, to) => {
    const { at, sent } = inPool();
    const UserAttributes = list({ email: mail, phone_number: number });
    await adminCreateUser({ ...at, signed: true }, { Username: "jo", UserAttributes, DesiredDeliveryMediums } as never);
    expect(sent.map(([address]) => address)).toEqual(to);
  });

  it("goes by mail where nothing is said and there is no number", async () => {
    const { at, sent } = inPool();
    await adminCreateUser({ ...at, signed: true }, { Username: "jo", UserAttributes: list({ email: mail }) } as never);
    expect(sent.map(([address]) => address)).toEqual([mail]);
  });
});

it("shows where a code went by the last digits or first letters only", () => {
  expect(deliveryTo({ attribute: "phone_number", address: "+15555551234" }).Destination).toBe("+*******1234");
  expect(deliveryTo({ attribute: "email", address: "jo@example.org" }).Destination).toBe("j***@e***");
});

it("sends nothing where the pool proves nothing", () => {
  expect(toProve({}, { email: mail, phone_number: number })).toBeUndefined();
});
