import { ConfirmForgotPasswordCommand, ForgotPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { cognito, describeCloud, failure, signInTo, signUpTo, uniqueName, uniquePhone } from "../cloud";
import {
  answerCode,
  attributesOf,
  beginCode,
  createdUser,
  mailed,
  newAddress,
  newUser,
  refresh,
  withPassword,
} from "../people";
import { callJson } from "../services";
import { used } from "../used-values";
import { TRIGGERS_STACK as stack } from "./triggers-stack";

const TableName = "identity-triggers-block-list";
const BLOCKED = expect.stringContaining("This user is no longer allowed to log in [user-blocked]");

/** Runs `work` while an entry is in the block list that two pools share. */
async function whileBlocked(entry: string, work: () => Promise<void>): Promise<void> {
  const key = { entry: { S: entry } };
  await callJson("dynamodb", "DynamoDB_20120810.PutItem", { TableName, Item: key });
  await work().finally(() => callJson("dynamodb", "DynamoDB_20120810.DeleteItem", { TableName, Key: key }));
}

describeCloud("somebody who is blocked", () => {
  let pools: Awaited<ReturnType<typeof stack.ready>>;
  beforeAll(async () => {
    pools = await stack.ready();
  }, 300_000);

  it.each(["address", "sub"] as const)("by the %s gets no tokens, by whatever door", async (name) => {
    const { all } = pools;
    const address = await newUser(all);
    const session = await signInTo(all, address);
    const entry = `user:${name === "sub" ? (await attributesOf(all, address)).sub : address}`;
    await whileBlocked(entry, async () => {
      expect((await failure(signInTo(all, address))).message).toEqual(BLOCKED);
      expect((await failure(withPassword(all, address))).message).toEqual(BLOCKED);
      expect((await failure(refresh(all, session.getRefreshToken().getToken()))).message).toEqual(BLOCKED);

      const { Session } = await beginCode(all, address);
      const code = await mailed(address, 2);
      expect((await failure(answerCode(all, address, code, Session))).message).toEqual(BLOCKED);

      const { clientId: ClientId } = all;
      await cognito.send(new ForgotPasswordCommand({ ClientId, Username: address }));
      const ConfirmationCode = await mailed(address, 3);
      const Password = used("another password, after it was forgotten");
      await cognito.send(new ConfirmForgotPasswordCommand({ ClientId, Username: address, ConfirmationCode, Password }));
      expect((await failure(withPassword(all, address, Password))).message).toEqual(BLOCKED);
    });
    const { Session } = await beginCode(all, address);
    expect((await answerCode(all, address, await mailed(address, 4), Session)).AuthenticationResult).toBeDefined();
  });

  it("may be in the legacy directory, and is not let in by the migration", async () => {
    const { all } = pools;
    const password = used("a password of long ago");
    const address = await stack.legacyUser(password, { tenant: "old" });
    await whileBlocked(`user:${address}`, async () => {
      for (let attempt = 0; attempt < 2; attempt++) {
        expect((await failure(withPassword(all, address, password))).message).toEqual(BLOCKED);
      }
    });
    expect((await withPassword(all, address, password)).AuthenticationResult).toBeDefined();
  });

  it("by one name cannot sign in with another, nor sign up in another pool of the list", async () => {
    const { all, ordinary } = pools;
    const [Username, email, phone] = [uniqueName(), newAddress(), uniquePhone()];
    const attributes = { email, email_verified: "true", phone_number: phone, phone_number_verified: "true" };
    await createdUser(ordinary, Username, attributes);
    const { sub = "" } = await attributesOf(ordinary, Username);
    for (const blocked of [Username, email, phone, sub]) {
      await whileBlocked(`user:${blocked}`, async () => {
        for (const typed of [Username, email, email.toUpperCase(), phone]) {
          expect((await failure(withPassword(ordinary, typed))).message).toEqual(BLOCKED);
        }
      });
    }
    for (const typed of [Username, email, phone]) await withPassword(ordinary, typed);
    await whileBlocked(`user:${email}`, async () => {
      const elsewhere = await failure(signUpTo(all, email, { email }));
      expect(elsewhere.message).toContain("This user is no longer allowed to sign up [user-blocked]");
    });
  });

  // docs/blocks.md, "Who can find out that somebody is blocked".
  it("is told so after any password, as is whoever types a blocked name that nobody has", async () => {
    const { all } = pools;
    const [address, nobody] = [await newUser(all), newAddress()];
    const { sub } = await attributesOf(all, address);
    const wrong = used("a wrong password");
    const refused = async (typed: string) => (await failure(withPassword(all, typed, wrong))).message;

    await whileBlocked(`user:${sub}`, async () => {
      expect(await refused(address)).toEqual(BLOCKED);
      expect(await refused(nobody)).toBe("Incorrect username or password.");
    });
    for (const typed of [address, nobody]) {
      await whileBlocked(`user:${typed}`, async () => expect(await refused(typed)).toEqual(BLOCKED));
      expect(await refused(typed)).toBe("Incorrect username or password.");
    }
  });
});
