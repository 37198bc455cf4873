import { adminConfirmSignUp, resendConfirmationCode } from "../../../gateway/operations/confirm-sign-up";
import { ADDRESS, MAIL, NUMBER, poolsWithMessages, SMS } from "../pool-with-messages";

const { signUpJo } = poolsWithMessages();
const names = { ClientId: "client", UserPoolId: "pool", Username: "jo" };

describe("a sign-up", () => {
  it("with both sends a text message, whose code verifies the number alone", async () => {
    const { answer, sent, confirm, user } = await signUpJo({ email: ADDRESS, phone_number: NUMBER });
    expect(answer.CodeDeliveryDetails).toEqual(SMS);
    expect(sent.map(([to]) => to)).toEqual([NUMBER]);
    await confirm();
    expect(user()).toMatchObject({
      status: "CONFIRMED",
      attributes: { phone_number_verified: "true", email_verified: "false" },
    });
  });

  it("with an address sends a mail, whose code verifies the address alone", async () => {
    const both = { email: ADDRESS, phone_number: NUMBER };
    const { answer, confirm, user } = await signUpJo(both, { AutoVerifiedAttributes: ["email"] });
    expect(answer.CodeDeliveryDetails).toEqual(MAIL);
    await confirm();
    expect(user().attributes).toMatchObject({ phone_number_verified: "false", email_verified: "true" });
  });

  it("confirmed by an administrator verifies nothing", async () => {
    const { context, user } = await signUpJo({ email: ADDRESS, phone_number: NUMBER });
    await adminConfirmSignUp(context, user(), names);
    expect(user().attributes).toMatchObject({ phone_number_verified: "false", email_verified: "false" });
  });

  it("gets its code again by the same medium", async () => {
    const { context, user, sent, confirm } = await signUpJo({ phone_number: NUMBER });
    const again = await resendConfirmationCode(context, user(), names);
    expect(again.CodeDeliveryDetails).toEqual(SMS);
    expect(sent).toHaveLength(2);
    await confirm();
  });
});
