import type { CodeDeliveryDetailsType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { Attributes } from "./attributes";
import { type Contact, proves } from "./pool";
import type { User } from "./users";

/** Where a message goes: a mail to an address, or a text message to a number. */
export interface Destination {
  readonly attribute: Contact;
  readonly address: string;
}

/** In the order in which Cognito prefers them. */
export const contacts = ["phone_number", "email"] as const;

/** The addresses among `attributes`, in the order of `ways`. */
export const reachable = (attributes: Attributes, ways: readonly Contact[] = contacts): Destination[] =>
  ways.flatMap((attribute) => {
    const address = attributes[attribute];
    return address ? [{ attribute, address }] : [];
  });

/** What a code for an attribute is to prove: the new value that waits for it, or else the one that is there. */
export const unprovenValue = ({ attributes, pending }: Pick<User, "attributes" | "pending">, name: Contact) =>
  pending?.[name] ?? attributes[name] ?? "";

/** Where a newcomer gets a code: by text message where it could be both. */
export const toProve = (pool: UserPoolType, attributes: Attributes): Destination | undefined =>
  reachable(attributes).find(({ attribute }) => proves(pool, attribute));

/**
 * The ways to reset a password by oneself, the first choice first; a pool that says nothing prefers text messages.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AccountRecoverySettingType.html
 */
export function recoveryWays({ AccountRecoverySetting }: UserPoolType): readonly Contact[] {
  const named = AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (!named.length) return contacts;
  const rank = (way: Contact) => named.find(({ Name }) => Name === `verified_${way}`)?.Priority ?? 0;
  return contacts.filter((way) => rank(way) > 0).sort((a, b) => rank(a) - rank(b));
}

/** Where somebody gets a code for a new password: only what is proven counts. */
export const toRecover = (ways: readonly Contact[], attributes: Attributes): Destination | undefined =>
  reachable(attributes, ways).find(({ attribute }) => attributes[`${attribute}_verified`] === "true");

/** Where a code went, as the caller may see it: the first letters of an address, the last digits of a number. */
export const deliveryTo = ({ attribute, address }: Destination): CodeDeliveryDetailsType =>
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
