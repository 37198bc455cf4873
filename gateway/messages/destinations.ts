import type { CodeDeliveryDetailsType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { type Contact, contacts, verifies } from "../pools/contacts";
import { type Attributes, isVerified } from "../users/attributes";
import type { User } from "../users/user";

/** Where a message goes: a mail to an address, or a text message to a phone number. */
export interface Destination {
  readonly attribute: Contact;
  readonly address: string;
}

/** The destinations that the attributes hold, in the order of `preferred`. */
export const destinationsIn = (attributes: Attributes, preferred: readonly Contact[] = contacts): Destination[] =>
  preferred.flatMap((attribute) => {
    const address = attributes[attribute];
    return address ? [{ attribute, address }] : [];
  });

/** The address or number that a code for an attribute verifies: the new one that is pending, or else the current one. */
export const valueToVerify = ({ attributes, pending }: Pick<User, "attributes" | "pending">, name: Contact) =>
  pending?.[name] ?? attributes[name] ?? "";

/** Where a new user gets the first code. A phone number comes before an address. */
export const destinationToVerify = (pool: UserPoolType, attributes: Attributes): Destination | undefined =>
  destinationsIn(attributes).find(({ attribute }) => verifies(pool, attribute));

/**
 * The contacts that may get a code for a new password, in the pool's order. Where the pool names none, text messages
 * come first.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AccountRecoverySettingType.html
 */
export function recoveryContacts({ AccountRecoverySetting }: UserPoolType): readonly Contact[] {
  const mechanisms = AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (!mechanisms.length) return contacts;
  const rank = (contact: Contact) => mechanisms.find(({ Name }) => Name === `verified_${contact}`)?.Priority ?? 0;
  return contacts.filter((contact) => rank(contact) > 0).sort((a, b) => rank(a) - rank(b));
}

/** Where a user gets a code for a new password. It must be verified. */
export const destinationToRecover = (preferred: readonly Contact[], attributes: Attributes): Destination | undefined =>
  destinationsIn(attributes, preferred).find(({ attribute }) => isVerified(attributes, attribute));

/** How an answer describes a destination: the first letters of an address, or the last digits of a number. */
export const deliveryDetails = ({ attribute, address }: Destination): CodeDeliveryDetailsType =>
  attribute === "email"
    ? {
        AttributeName: attribute,
        DeliveryMedium: "EMAIL",
        Destination: address.replace(/^(.).*@(.).*$/u, "$1***@$2***"),
      }
    : {
        AttributeName: attribute,
        DeliveryMedium: "SMS",
        Destination: `+${address.slice(-4).padStart(address.length - 1, "*")}`,
      };
