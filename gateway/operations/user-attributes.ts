import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext, PoolContext } from "../context";
import { invalidParameter } from "../exceptions";
import { limitCodeAttempts } from "../messages/code-attempts";
import { sendCodes, useCode } from "../messages/codes";
import { destinationsIn, valueToVerify } from "../messages/destinations";
import { checkWritable } from "../pools/app-client";
import { type Contact, contacts, verifies } from "../pools/contacts";
import { checkSchema } from "../pools/schema";
import type { Metadata } from "../triggers/user-event";
import { type Attributes, isVerified, overwritten, toRecord } from "../users/attributes";
import type { User } from "../users/user";
import { changeUser } from "../users/user-store";
import type { Checked } from "./request";

type Update = Pick<Checked<Cognito.UpdateUserAttributesRequest>, "UserAttributes" | "ClientMetadata">;
type Deletion = Pick<Checked<Cognito.DeleteUserAttributesRequest>, "UserAttributeNames">;

export const updateUserAttributes = async (
  context: ClientContext,
  user: User,
  { UserAttributes, ClientMetadata }: Update,
): Promise<Cognito.UpdateUserAttributesResponse> => ({
  CodeDeliveryDetailsList: await changeAttributes(context, user, toRecord(UserAttributes), ClientMetadata),
});

export async function adminUpdateUserAttributes(
  context: PoolContext,
  user: User,
  { UserAttributes, ClientMetadata }: Update,
): Promise<void> {
  await changeAttributes(context, user, toRecord(UserAttributes), ClientMetadata);
}

export async function deleteUserAttributes(
  context: PoolContext,
  user: User,
  { UserAttributeNames }: Deletion,
): Promise<void> {
  await changeAttributes(context, user, Object.fromEntries(UserAttributeNames.map((name) => [name, ""])));
}

/**
 * Changes attributes, and sends codes to a new address and number. Where the pool says so, the old address or number
 * stays until the new one is verified.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
 */
async function changeAttributes(
  context: PoolContext,
  user: User,
  given: Attributes,
  metadata?: Metadata,
): Promise<Cognito.CodeDeliveryDetailsType[]> {
  const { pool, client } = context;
  if (client) checkWritable(client, Object.keys(given));
  checkSchema(pool, given, false);
  const mustVerifyFirst = pool.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  const unverified = contacts.filter(
    (name) => given[name] && given[name] !== user.attributes[name] && !isVerified(given, name),
  );
  const isPending = (name: string) =>
    unverified.some((contact) => contact === name) && mustVerifyFirst.some((contact) => contact === name);
  const immediate = Object.fromEntries(Object.entries(given).filter(([name]) => !isPending(name)));
  const givenContacts = contacts.filter((name) => given[name] !== undefined);
  const pending = Object.fromEntries(givenContacts.map((name) => [name, isPending(name) ? given[name] : undefined]));
  const change = (fresh: User): Partial<User> => ({
    attributes: overwritten(fresh.attributes, immediate),
    pending: { ...fresh.pending, ...pending },
  });
  const to = destinationsIn(
    given,
    unverified.filter((name) => verifies(pool, name)),
  );
  return sendCodes(context, user, { kind: "UpdateUserAttribute", to, metadata }, change);
}

export async function sendVerificationCode(
  context: ClientContext,
  user: User,
  { AttributeName, ClientMetadata: metadata }: Checked<Cognito.GetUserAttributeVerificationCodeRequest>,
): Promise<Cognito.GetUserAttributeVerificationCodeResponse> {
  const attribute = contactNamed(AttributeName);
  const address = valueToVerify(user, attribute);
  if (!address) throw invalidParameter(`The user has no ${attribute} to verify.`);
  const to = [{ attribute, address }];
  const [CodeDeliveryDetails] = await sendCodes(context, user, { kind: "VerifyUserAttribute", to, metadata });
  return { CodeDeliveryDetails };
}

export async function verifyUserAttribute(
  context: ClientContext,
  user: User,
  { AttributeName, Code }: Checked<Cognito.VerifyUserAttributeRequest>,
): Promise<void> {
  const name = contactNamed(AttributeName);
  const verify = (fresh: User): Partial<User> => {
    const { codes, verified } = useCode(fresh, name, Code);
    return {
      codes,
      attributes: { ...fresh.attributes, [name]: verified.address, [`${name}_verified`]: "true" },
      pending: { ...fresh.pending, [name]: undefined },
    };
  };
  await limitCodeAttempts(context, user.username, name, () => changeUser(context, user, verify));
}

function contactNamed(name: string): Contact {
  const found = contacts.find((contact) => contact === name);
  if (!found) throw invalidParameter(`The attribute ${name} cannot be verified.`);
  return found;
}
