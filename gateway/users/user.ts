import type { UserStatusType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import type { Contact } from "../pools/contacts";
import type { PasswordVerifier } from "../sign-in/srp";
import { type Attributes, toList } from "./attributes";
import { type Identity, identitiesText } from "./identities";

/** What a code is for: to confirm a sign-up, to set a new password, or to verify an address or number. */
export type CodePurpose = "signUp" | "password" | Contact;

/** What is kept of a code. A hash cannot hide six digits for long, so a code also expires. */
export interface StoredCode {
  readonly hash: string;
  readonly until: number;
  /** The code was sent to this attribute, so it verifies this attribute. */
  readonly attribute: Contact;
}

/** The second factors that a user can turn on. No sign-in with a text message is served. */
export type SecondFactor = "SOFTWARE_TOKEN_MFA" | "SMS_MFA";

/** The second factors that a user has turned on. */
export interface SecondFactors {
  readonly enabled: readonly SecondFactor[];
  readonly preferred?: SecondFactor;
}

/** The app that makes a user's time-based codes. */
export interface SoftwareToken {
  /** In base 32. Every code is made of it, so a hash would not do. */
  readonly secret: string;
  /** The time step of the last code that was right. No code of this step or of an earlier one is right again. */
  readonly lastStep: number;
  /** What the client calls the app. */
  readonly name?: string;
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
  readonly factors?: SecondFactors;
  readonly softwareToken?: SoftwareToken;
  /** The secret of an app that no code has come from yet. */
  readonly pendingSecret?: string;
  /** The identities of other providers that this user may sign in with. */
  readonly identities?: readonly Identity[];
  /** The names of the user's groups. */
  readonly groups?: readonly string[];
  readonly created: number;
  readonly modified: number;
}

/** The attributes as Cognito shows them. */
export const attributesOf = ({ sub, attributes, identities = [] }: User): Attributes => ({
  sub,
  ...(identities.length ? { identities: identitiesText(identities) } : {}),
  ...attributes,
});

/** A user as the signed operations show it. */
export const describeUser = (user: User): UserType => ({
  Username: user.username,
  Attributes: toList(attributesOf(user)),
  UserCreateDate: new Date(user.created),
  UserLastModifiedDate: new Date(user.modified),
  Enabled: user.enabled,
  UserStatus: user.status,
});
