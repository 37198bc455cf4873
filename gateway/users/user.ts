import type { UserStatusType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import type { Contact } from "../pools/contacts";
import type { PasswordVerifier } from "../sign-in/srp";
import { type Attributes, toList } from "./attributes";

/** What a code is for: to confirm a sign-up, to set a new password, or to verify an address or number. */
export type CodePurpose = "signUp" | "password" | Contact;

/** What is kept of a code. A hash cannot hide six digits for long, so a code also expires. */
export interface StoredCode {
  readonly hash: string;
  readonly until: number;
  /** The code was sent to this attribute, so it verifies this attribute. */
  readonly attribute: Contact;
}

/** A user as the store keeps it. Times are in milliseconds. */
export interface User {
  readonly username: string;
  readonly sub: string;
  readonly status: UserStatusType;
  readonly enabled: boolean;
  /** Without `sub`, which has a field of its own. */
  readonly attributes: Attributes;
  readonly password?: PasswordVerifier;
  /** When a temporary password expires. */
  readonly temporaryUntil?: number;
  readonly codes: Readonly<Partial<Record<CodePurpose, StoredCode>>>;
  /** A new address or number that replaces the old one once it is verified. */
  readonly pending?: Readonly<Partial<Record<Contact, string>>>;
  /** The names of the user's groups. */
  readonly groups?: readonly string[];
  readonly created: number;
  readonly modified: number;
}

/** The attributes as Cognito shows them. */
export const attributesOf = (user: User): Attributes => ({ sub: user.sub, ...user.attributes });

/** A user as the signed operations show it. */
export const describeUser = (user: User): UserType => ({
  Username: user.username,
  Attributes: toList(attributesOf(user)),
  UserCreateDate: new Date(user.created),
  UserLastModifiedDate: new Date(user.modified),
  Enabled: user.enabled,
  UserStatus: user.status,
});
