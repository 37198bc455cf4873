import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { type Attributes, checkSchema, checkWritable, overwritten, toRecord } from "./attributes";
import { countingMismatches, sendCode, useCode } from "./codes";
import { invalidParameter, notServed } from "./errors";
import type { Checked } from "./input";
import { provesEmail } from "./pool";
import { changeUser, type Subject, type User } from "./users";

type Update = Checked<Cognito.UpdateUserAttributesRequest>;

export const update = async (whose: Subject, { UserAttributes }: Update) => ({
  CodeDeliveryDetailsList: await write(whose, toRecord(UserAttributes)),
});

export async function adminUpdate(whose: Subject, { UserAttributes }: Update): Promise<void> {
  await write(whose, toRecord(UserAttributes));
}

export async function remove(
  whose: Subject,
  { UserAttributeNames }: Checked<Cognito.DeleteUserAttributesRequest>,
): Promise<void> {
  await write(whose, Object.fromEntries(UserAttributeNames.map((name) => [name, ""])));
}

/**
 * Writes attributes, and sends a code to a new address. Where the pool has it so, the old one
 * stays until the code has come back.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
 */
async function write({ at, user }: Subject, given: Attributes): Promise<Cognito.CodeDeliveryDetailsType[]> {
  if (at.client) checkWritable(at.client, Object.keys(given));
  checkSchema(at.pool, given, false);
  const waiting = at.pool.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate;
  const unproven = (name: "email" | "phone_number") =>
    given[name] && given[name] !== user.attributes[name] && given[`${name}_verified`] !== "true";
  if (unproven("phone_number") && waiting?.includes("phone_number")) throw noTextMessages();
  const { email, ...others } = given;
  const waits = unproven("email") && waiting?.includes("email");
  const change = (fresh: User): Partial<User> => ({
    attributes: overwritten(fresh.attributes, waits ? others : given),
    ...(email === undefined ? {} : { pendingEmail: waits ? email : undefined }),
  });
  if (email && unproven("email") && provesEmail(at.pool)) return [await sendCode(at, user, "email", email, change)];
  await changeUser(at, user, change);
  return [];
}

export async function sendNewCode(
  { at, user }: Subject,
  { AttributeName }: Checked<Cognito.GetUserAttributeVerificationCodeRequest>,
): Promise<Cognito.GetUserAttributeVerificationCodeResponse> {
  checkProvable(AttributeName);
  const to = addressToProve(user);
  if (!to) throw invalidParameter("The user has no email to verify.");
  return { CodeDeliveryDetails: await sendCode(at, user, "email", to) };
}

export async function verify(
  { at, user }: Subject,
  { AttributeName, Code }: Checked<Cognito.VerifyUserAttributeRequest>,
): Promise<void> {
  checkProvable(AttributeName);
  const prove = (fresh: User): Partial<User> => {
    const email = addressToProve(fresh);
    return {
      codes: useCode(fresh, "email", Code, email),
      attributes: { ...fresh.attributes, email, email_verified: "true" },
      pendingEmail: undefined,
    };
  };
  await countingMismatches(at, user.username, "email", () => changeUser(at, user, prove));
}

const addressToProve = ({ pendingEmail, attributes }: User) => pendingEmail ?? attributes.email ?? "";

function checkProvable(name: string): void {
  if (name === "phone_number") throw noTextMessages();
  if (name !== "email") throw invalidParameter(`The attribute ${name} cannot be verified.`);
}

const noTextMessages = () => notServed("phone numbers that are proven by text message");
