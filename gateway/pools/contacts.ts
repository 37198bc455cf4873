import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

/** The attributes that Cognito can send a message to. */
export type Contact = "email" | "phone_number";

/** In the order in which Cognito prefers them. */
export const contacts = ["phone_number", "email"] as const;

export const isEmail = (text: string) => /^[^\s\p{Cc}@<>(),;:"[\]\\]+@[^\s\p{Cc}@.]+(\.[^\s\p{Cc}@.]+)+$/u.test(text);
export const isPhone = (text: string) => /^\+[1-9]\d{1,14}$/.test(text);

/** Whether the pool sends a code to a new address or number. */
export const verifies = (pool: UserPoolType, contact: Contact) => (pool.AutoVerifiedAttributes ?? []).includes(contact);
