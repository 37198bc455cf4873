import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { type Attributes, checkSchema, checkWritable, overwritten, toRecord } from "./attributes";
import { countingMismatches, sendCodes, useCode } from "./codes";
import { contacts, reachable, unprovenValue } from "./destinations";
import { invalidParameter } from "./errors";
import type { Checked } from "./input";
import { type Contact, proves } from "./pool";
import type { Metadata } from "./triggers";
import { changeUser, type Subject, type User } from "./users";

type Update = Checked<Cognito.UpdateUserAttributesRequest>;

export const update = async (whose: Subject, { UserAttributes, ClientMetadata }: Update) => ({
  CodeDeliveryDetailsList: await write(whose, toRecord(UserAttributes), ClientMetadata),
});

export async function adminUpdate(whose: Subject, { UserAttributes, ClientMetadata }: Update): Promise<void> {
  await write(whose, toRecord(UserAttributes), ClientMetadata);
}

export async function remove(
  whose: Subject,
  { UserAttributeNames }: Checked<Cognito.DeleteUserAttributesRequest>,
): Promise<void> {
  await write(whose, Object.fromEntries(UserAttributeNames.map((name) => [name, ""])));
}

/**
 * Writes attributes, and sends codes to a new address and number. Where the pool has it so, the old ones
 * stay until the codes have come back.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
 */
async function write(
  { at, user }: Subject,
  given: Attributes,
  metadata?: Metadata,
): Promise<Cognito.CodeDeliveryDetailsType[]> {
  if (at.client) checkWritable(at.client, Object.keys(given));
  checkSchema(at.pool, given, false);
  const proof = at.pool.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  const unproven = contacts.filter(
    (name) => given[name] && given[name] !== user.attributes[name] && given[`${name}_verified`] !== "true",
  );
  const waits = (name: string) => unproven.some((other) => other === name) && proof.some((other) => other === name);
  const now = Object.fromEntries(Object.entries(given).filter(([name]) => !waits(name)));
  const written = contacts.filter((name) => given[name] !== undefined);
  const pending = Object.fromEntries(written.map((name) => [name, waits(name) ? given[name] : undefined]));
  const change = (fresh: User): Partial<User> => ({
    attributes: overwritten(fresh.attributes, now),
    pending: { ...fresh.pending, ...pending },
  });
  const to = reachable(
    given,
    unproven.filter((name) => proves(at.pool, name)),
  );
  return sendCodes(at, user, { kind: "UpdateUserAttribute", to, metadata }, change);
}

export async function sendNewCode(
  { at, user }: Subject,
  { AttributeName, ClientMetadata: metadata }: Checked<Cognito.GetUserAttributeVerificationCodeRequest>,
): Promise<Cognito.GetUserAttributeVerificationCodeResponse> {
  const attribute = provable(AttributeName);
  const address = unprovenValue(user, attribute);
  if (!address) throw invalidParameter(`The user has no ${attribute} to verify.`);
  const errand = { kind: "VerifyUserAttribute", to: [{ attribute, address }], metadata } as const;
  const [CodeDeliveryDetails] = await sendCodes(at, user, errand);
  return { CodeDeliveryDetails };
}

export async function verify(
  { at, user }: Subject,
  { AttributeName, Code }: Checked<Cognito.VerifyUserAttributeRequest>,
): Promise<void> {
  const name = provable(AttributeName);
  const prove = (fresh: User): Partial<User> => {
    const { codes, proven } = useCode(fresh, name, Code);
    return {
      codes,
      attributes: { ...fresh.attributes, [name]: proven.address, [`${name}_verified`]: "true" },
      pending: { ...fresh.pending, [name]: undefined },
    };
  };
  await countingMismatches(at, user.username, name, () => changeUser(at, user, prove));
}

function provable(name: string): Contact {
  const found = contacts.find((contact) => contact === name);
  if (!found) throw invalidParameter(`The attribute ${name} cannot be verified.`);
  return found;
}
