import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import {
  adminUpdateUserAttributes,
  sendVerificationCode,
  updateUserAttributes,
  verifyUserAttribute,
} from "../../../gateway/operations/user-attributes";
import { ADDRESS, attributeList, MAIL, NUMBER, poolsWithMessages, SMS } from "../pool-with-messages";

const { signUpJo } = poolsWithMessages();
const change = (given: Record<string, string>) => ({ UserAttributes: attributeList(given) });
const verification = (AttributeName: string, Code: string) => ({ AccessToken: "", AttributeName, Code });
const numberFirst: UserPoolType = {
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["phone_number"] },
};

describe("a new number", () => {
  it("is verified by its own code, as is a new address by the other", async () => {
    const { context, sent, user } = await signUpJo({ phone_number: NUMBER });
    const both = { phone_number: "+4915199991234", email: ADDRESS };
    const { CodeDeliveryDetailsList } = await updateUserAttributes(context, user(), change(both));
    expect(CodeDeliveryDetailsList).toEqual([SMS, MAIL]);
    const [forNumber = "", forMail = ""] = sent.slice(-2).map(([, text]) => text.match(/\d{6}/)?.[0]);
    await verifyUserAttribute(context, user(), verification("phone_number", forNumber));
    expect(user().attributes).toMatchObject({ phone_number_verified: "true", email_verified: "false" });
    await verifyUserAttribute(context, user(), verification("email", forMail));
    expect(user().attributes).toMatchObject({ phone_number_verified: "true", email_verified: "true" });
  });

  it("is pending where the pool says so, also for a code that was sent again", async () => {
    const { context, sent, user, code } = await signUpJo({ phone_number: NUMBER }, numberFirst);
    await updateUserAttributes(context, user(), change({ phone_number: "+4915199991234" }));
    expect(user().attributes.phone_number).toBe(NUMBER);
    await sendVerificationCode(context, user(), { AccessToken: "", AttributeName: "phone_number" });
    expect(sent.slice(-2).map(([to]) => to)).toEqual(["+4915199991234", "+4915199991234"]);
    await verifyUserAttribute(context, user(), verification("phone_number", code()));
    expect(user().attributes).toMatchObject({ phone_number: "+4915199991234", phone_number_verified: "true" });
    expect(user().pending).toEqual({});
  });

  it("that is pending is forgotten when another is written as verified", async () => {
    const { context, user, code } = await signUpJo({ phone_number: NUMBER }, numberFirst);
    await updateUserAttributes(context, user(), change({ phone_number: "+4915199991234" }));
    const { client: _, ...administrator } = context;
    const verified = change({ phone_number: "+491", phone_number_verified: "true" });
    await adminUpdateUserAttributes(administrator, user(), verified);
    const verify = verifyUserAttribute(context, user(), verification("phone_number", code()));
    await expect(verify).rejects.toThrow("Invalid verification");
    expect(user().attributes.phone_number).toBe("+491");
    expect(user().pending).toEqual({});
  });
});
