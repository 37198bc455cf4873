import { z } from "zod";
import { messagesSchema } from "../functions/shared/messages/messages-settings";
import { settingsObject } from "../functions/shared/settings-object";

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
  customAttributes: z
    .array(z.string().regex(/^\w{1,20}$/, "must be up to 20 letters, digits and underscores"))
    .default([]),
  /**
   * Attributes that people can read and write with their own token. The list must not be empty: for Cognito, that means
   * all attributes.
   * @default see DEFAULT_CLIENT_ATTRIBUTES
   */
  clientAttributes: z
    .array(z.string())
    .min(1, "must name one attribute at least, since an empty list means all")
    .optional(),
  /**
   * How people can sign in with the app client. `srp`: SRP, which does not send the password. `password`: the client
   * sends the password, which user migration needs. `custom`: the challenges of `triggers.customAuth`. A refresh is
   * always allowed.
   * @default SRP and password
   */
  authFlows: z
    .array(z.enum(["srp", "password", "custom"]))
    .min(1, "must name one flow at least")
    .default(["srp", "password"]),
  /**
   * The attributes that Cognito verifies with a code, by mail or text message. Not allowed with `username`.
   * @default email
   */
  verifies: z
    .array(z.enum(["email", "phone_number"]))
    .min(1, "must name email or phone_number")
    .optional(),
  /**
   * How the pool writes to people. Every trigger that writes messages needs it.
   * @default Cognito's own texts, in English
   */
  messages: messagesSchema().optional(),
  /**
   * The minimum length of a password, in characters. There are no rules about kinds of characters (NIST SP 800-63B).
   * @default 12
   */
  passwordLength: z.int().min(12).max(99).default(12),
  /**
   * Whether Cognito asks for a second factor, a time-based one-time password.
   * @default "OFF"
   */
  mfa: z.enum(["OFF", "OPTIONAL", "ON"]).default("OFF"),
  /**
   * Cognito's feature plan.
   * @default "LITE"
   */
  tier: z.enum(["LITE", "ESSENTIALS", "PLUS"]).default("LITE"),
  /** How long a sign-in lasts. */
  tokens: settingsObject({
    /** Hours. @default 1 */
    accessHours: z.int().min(1).max(24).default(1),
    /** Hours. @default 1 */
    idHours: z.int().min(1).max(24).default(1),
    /** Days. @default 30 */
    refreshDays: z.int().min(1).max(3650).default(30),
    /** Minutes between the steps of one sign-in. @default 3 */
    sessionMinutes: z.int().min(3).max(15).default(3),
  }).prefault({}),
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
