import { settingsSchema } from "../../functions/custom-auth/settings";
import { SettingsError } from "../checked-settings";
import { recoversBy } from "../pool-shape";
import { encryptedFor, requireAddresses, requireSes, requireWording, sendMail, wording } from "./sending";
import { defineTrigger } from "./trigger";

const together = "but Cognito needs all three challenge triggers or none: use customAuth, which is all three";

/** Signs people in with a code by mail. */
export const customAuth = defineTrigger({
  cognitoTriggers: ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"],
  otherNames: {
    defineAuthChallenge: together,
    createAuthChallenge: together,
    verifyAuthChallengeResponse: together,
  },
  folder: "custom-auth",
  settings: settingsSchema(),
  attach: (arn) => ({ defineAuthChallenge: arn, createAuthChallenge: arn, verifyAuthChallengeResponse: arn }),
  needs: ["oneTimeCodes", "codeKey", "mailIdentity"],
  addedSettings: ({ oneTimeCodes, codeKey, mailIdentity }, pool) => ({
    ...wording(pool),
    from: mailIdentity.from,
    replyTo: mailIdentity.replyTo,
    table: oneTimeCodes.name,
    keyArn: codeKey.arn,
  }),
  permissions: ({ pool, oneTimeCodes, codeKey, mailIdentity }) => [
    {
      name: "keep-codes",
      actions: ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:UpdateItem"],
      on: { resources: [oneTimeCodes.arn] },
    },
    {
      name: "encrypt-codes",
      actions: ["kms:Encrypt", "kms:Decrypt"],
      on: { resources: [codeKey.arn] },
      condition: encryptedFor(pool),
    },
    sendMail(mailIdentity),
  ],
  check({ passwordFirst }, pool, where, { attached }) {
    if (!pool.authFlows.includes("custom")) {
      throw new SettingsError(
        `${where} asks challenges, which the app client does not allow: add "custom" to ${pool.id}.authFlows.`,
      );
    }
    if (!attached && pool.authFlows.every((flow) => flow === "custom")) {
      throw new SettingsError(
        `${where}.attached is false, and "custom" is the only flow of ${pool.id}.authFlows, so nobody could sign in: keep "srp" or "password" there until it is attached.`,
      );
    }
    // While the trigger is not attached, people still need the other flow to sign in.
    const around = attached && pool.authFlows.find((flow) => flow !== "custom");
    if (passwordFirst && around) {
      throw new SettingsError(
        `${where}.passwordFirst asks for a code after the password, but the flow "${around}" needs no code: take it out of ${pool.id}.authFlows.`,
      );
    }
    if (pool.mfa !== "OFF") {
      throw new SettingsError(
        passwordFirst
          ? `${where}.passwordFirst does not go with ${pool.id}.mfa "${pool.mfa}": Cognito does not ask users with a second factor for the code, so turn one of them off.`
          : `${where} does not go with ${pool.id}.mfa "${pool.mfa}": Cognito asks for no second factor in this flow, so a mailed code alone would sign people in. Turn one of them off.`,
      );
    }
    requireAddresses(pool, where);
    if (!recoversBy(pool).includes("email")) {
      throw new SettingsError(
        `${where} mails codes to verified addresses, but nobody of this pool can verify one: add "email" to ${pool.id}.verifies.`,
      );
    }
    requireSes(pool, where);
    requireWording(pool, where);
  },
});

/** Whether a pool with these settings lets people sign in with a code by mail instead of a password. */
export const offersOneTimeCode = (settings?: { passwordFirst?: boolean; attached?: boolean }) =>
  settings !== undefined && settings.attached !== false && !settings.passwordFirst;
