import { z } from "zod";
import { STANDARD_ATTRIBUTES } from "../contract/attributes";
import { PASSWORD_CHARACTERS } from "../contract/pools";
import { messagesSchema } from "../functions/shared/messages/messages-settings";
import { settingsObject } from "../functions/shared/settings-object";
import { customDomainSchema, managedLoginSchema } from "./domain-settings";
import { identityProvidersSchema } from "./identity-providers";
import { listWithoutRepeats } from "./lists";
import { tokensSchema } from "./token-lifetimes";

/** Attributes that every pool has. In a schema, such a name is the attribute itself, not a custom one. */
const STANDARD = [...STANDARD_ATTRIBUTES, "sub", "email_verified", "phone_number_verified", "identities"];

const customAttributeName = () =>
  z
    .string()
    .refine((name) => !/^(custom|dev):/.test(name), {
      error: 'must be without "custom:" or "dev:": Cognito puts custom: before it',
    })
    .regex(/^\w{1,20}$/, "must be up to 20 letters, digits and underscores")
    .refine((name) => !STANDARD.includes(name), { error: "must have another name: every pool has this attribute" });

export const poolSettingsSchema = settingsObject({
  /**
   * What people type to sign in. `email`: their email address, which is required and verified. `username`: a user name.
   * `username-or-alias`: a user name, or their verified email address or phone number.
   */
  signIn: z.enum(["email", "username", "username-or-alias"]),
  /**
   * The pool's custom attributes, `domain` for `custom:domain`. You can add one later, but never change or remove one.
   * @default none
   */
  customAttributes: listWithoutRepeats(customAttributeName()).default([]),
  /**
   * Attributes that people can read and write with their own token. The list must not be empty: for Cognito, that means
   * all attributes.
   * @default see DEFAULT_CLIENT_ATTRIBUTES
   */
  clientAttributes: listWithoutRepeats(z.string())
    .min(1, "must name one attribute at least, since an empty list means all")
    .optional(),
  /**
   * How people can sign in with the app client. `srp`: SRP, which does not send the password. `password`: the client
   * sends the password, which user migration needs. `custom`: the challenges of `triggers.customAuth`. A refresh is
   * always allowed.
   * @default SRP and password
   */
  authFlows: listWithoutRepeats(z.enum(["srp", "password", "custom"]))
    .min(1, "must name one flow at least")
    .default(["srp", "password"]),
  /**
   * The attributes that Cognito verifies with a code, by mail or text message. Not allowed with `username`.
   * @default email
   */
  verifies: listWithoutRepeats(z.enum(["email", "phone_number"]))
    .min(1, "must name email or phone_number")
    .optional(),
  /**
   * How the pool writes to people. Every trigger that writes messages needs it.
   * @default Cognito's own texts, in English
   */
  messages: messagesSchema().optional(),
  /**
   * The minimum length of a password, in characters.
   * @default 12
   */
  passwordLength: z.int().min(12).max(99).default(12),
  /**
   * The kinds of characters that a password must have. NIST SP 800-63B advises against such rules.
   * @default none
   */
  passwordNeeds: listWithoutRepeats(z.enum(PASSWORD_CHARACTERS)).default([]),
  /**
   * Whether people can sign themselves up. With `false`, only administrators create users.
   * @default true
   */
  selfSignUp: z.boolean().default(true),
  /**
   * Whether Cognito asks for a second factor, a time-based one-time password.
   * @default "OFF"
   */
  mfa: z.enum(["OFF", "OPTIONAL", "ON"]).default("OFF"),
  /**
   * The identity providers that people may come from.
   * @default none: only the pool's own users
   */
  identityProviders: identityProvidersSchema().optional(),
  /**
   * A domain of your own for the hosted sign-in pages, beside or instead of the one of the environment's `domainPrefix`.
   * @default none
   */
  customDomain: customDomainSchema().optional(),
  /**
   * The pages of managed login instead of the classic hosted pages.
   * @default the classic hosted pages
   */
  managedLogin: managedLoginSchema().optional(),
  /**
   * Cognito's feature plan.
   * @default "LITE"
   */
  tier: z.enum(["LITE", "ESSENTIALS", "PLUS"]).default("LITE"),
  /** How long a sign-in lasts. */
  tokens: tokensSchema().prefault({}),
  /**
   * The id that the pool had at the last deployment. Terraform then takes its resources over instead of destroying them.
   * Use it with `awsName`, and leave it out once every environment is deployed.
   * @default none: the pool is new, or has the id that it always had
   */
  renamedFrom: z.string().optional(),
  /**
   * What stands for the pool's id in the names of its resources in AWS. A table, for example, cannot be renamed.
   * @default the pool's id
   */
  awsName: z.string().optional(),
});

export type PoolSettings = z.input<typeof poolSettingsSchema>;
export type CheckedPoolSettings = z.output<typeof poolSettingsSchema>;

/** The default of `clientAttributes`, by `signIn`. */
export const DEFAULT_CLIENT_ATTRIBUTES = {
  email: ["email"],
  // An empty list means all attributes, so the list has one that identifies nobody.
  username: ["updated_at"],
  "username-or-alias": ["email", "phone_number"],
};
