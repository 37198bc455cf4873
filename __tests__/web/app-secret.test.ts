import { appSecret } from "../../web/app-secret";
import type { FormContext } from "../../web/form";
import { nextMove } from "../../web/next-move";
import type { PoolClient } from "../../web/pool-client";

it("has the names of the site and the account for the app, whatever characters are in them", () => {
  const { uri, secret } = appSecret("ABCD", "jo+1@example.org: & co", "www.example.org");
  expect(secret).toBe("ABCD");
  expect(uri).toBe(
    "otpauth://totp/www.example.org:jo%2B1%40example.org%3A%20%26%20co?secret=ABCD&issuer=www.example.org",
  );
});

describe("the step that follows a sign-in", () => {
  const context = (answer: PoolClient["answer"]): FormContext => {
    const client = { answer } as Partial<PoolClient> as PoolClient;
    return { client, name: "jo", site: "example.org", step: "signIn" } as Partial<FormContext> as FormContext;
  };
  const never = () => Promise.reject(new Error("Nothing is to be answered."));

  it("asks for the code of the app, also where Cognito lets people choose", async () => {
    expect(await nextMove({ step: "CONFIRM_SIGN_IN_WITH_TOTP_CODE" }, context(never))).toMatchObject({
      step: "appCode",
    });
    const choose = context(async () => ({ step: "CONFIRM_SIGN_IN_WITH_TOTP_CODE" }));
    expect(await nextMove({ step: "CONTINUE_SIGN_IN_WITH_MFA_SELECTION" }, choose)).toMatchObject({ step: "appCode" });
  });

  it("sets an app up with its secret", async () => {
    const asked = { step: "CONTINUE_SIGN_IN_WITH_TOTP_SETUP", secret: "ABCD" } as const;
    expect(await nextMove(asked, context(never), "mo")).toEqual({
      step: "firstApp",
      name: "mo",
      app: { secret: "ABCD", uri: "otpauth://totp/example.org:mo?secret=ABCD&issuer=example.org" },
    });
  });

  it("is said to be unknown where it needs a text message", async () => {
    await expect(nextMove({ step: "CONFIRM_SIGN_IN_WITH_SMS_CODE" }, context(never))).rejects.toThrow("second factor");
  });
});
