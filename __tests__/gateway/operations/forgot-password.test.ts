import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { confirmForgotPassword, forgotPassword } from "../../../gateway/operations/forgot-password";
import { ADDRESS, MAIL, NUMBER, poolsWithMessages, SMS } from "../pool-with-messages";

const { makePool, signUpJo } = poolsWithMessages();
const names = { ClientId: "client", Username: "jo" };

describe("a forgotten password", () => {
  it("is replaced by text message", async () => {
    const { context, confirm, sent, user, code } = await signUpJo({ phone_number: NUMBER });
    await confirm();
    const before = user().password;
    const answer = await forgotPassword(context, user(), names);
    expect(answer.CodeDeliveryDetails).toEqual(SMS);
    expect(sent.at(-1)?.[0]).toBe(NUMBER);
    const input = { ...names, ConfirmationCode: code(), Password: "OtherPass1!" };
    await confirmForgotPassword(context, user(), input);
    expect(user().password).not.toEqual(before);
  });

  it("of an unknown user seems to be sent by a medium that the pool has", async () => {
    const ask = async (settings: UserPoolType, Username: string) => {
      const { context } = makePool(settings);
      const hiding = { ...context, client: { PreventUserExistenceErrors: "ENABLED" as const } };
      return (await forgotPassword(hiding, undefined, { ...names, Username })).CodeDeliveryDetails;
    };
    const aliases: UserPoolType = { AliasAttributes: ["email", "phone_number"] };
    const madeUp = { DeliveryMedium: "SMS", Destination: expect.stringMatching(/^\+\*{7}\d{4}$/) };
    expect(await ask(aliases, NUMBER)).toEqual(SMS);
    expect(await ask(aliases, ADDRESS)).toEqual(MAIL);
    expect(await ask(aliases, "somebody")).toMatchObject(madeUp);
    expect(await ask({}, ADDRESS)).toMatchObject(madeUp);
    expect(await ask({ AutoVerifiedAttributes: ["email"] }, "somebody")).toMatchObject({ DeliveryMedium: "EMAIL" });
  });
});
