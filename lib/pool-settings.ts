import { z } from "zod";
import { messagesSchema } from "../functions/shared/messages/messages-settings";
import { settingsObject } from "../functions/shared/settings-object";

export const poolSettingsSchema = settingsObject({
  /**
   * What people type to sign in: their email address, which is then required and verified; a user name alone; or a user
   * name or, once it is verified, their email address or phone number.
   */
  signIn: z.enum(["email", "username", "username-or-alias"]),
  /**
   * Attributes of this pool's own, as `domain` for `custom:domain`. One may be added later, never changed or removed.
   * @default none
   */
  customAttributes: z
    .array(z.string().regex(/^\w{1,20}$/, "must be up to 20 letters, digits and underscores"))
    .default([]),
  /**
   * Attributes that people may read and write with their own token. Never empty, which would mean all.
   * @default just `email` where people sign in with it; else `updated_at`, which names nobody
   */
  clientAttributes: z
    .array(z.string())
    .min(1, "must name one attribute at least, since an empty list means all")
    .optional(),
  /**
   * How the app client lets people sign in: by SRP, in which the password never leaves them; by sending the password,
   * which user migration needs; by custom challenges, which `triggers.customAuth` asks. A refresh is always allowed.
   * @default SRP and password
   */
  authFlows: z
    .array(z.enum(["srp", "password", "custom"]))
    .min(1, "must name one flow at least")
    .default(["srp", "password"]),
  /**
   * What Cognito proves by sending a code: an address by mail, a phone number by text message. Not for `username`.
   * @default email
   */
  verifies: z
    .array(z.enum(["email", "phone_number"]))
    .min(1, "must name email or phone_number")
    .optional(),
  /**
   * How the pool writes to people. Every trigger that words messages needs it.
   * @default Cognito's own words, in English
   */
  messages: messagesSchema().optional(),
  /**
   * Least length of a password; there are no rules about its characters (NIST SP 800-63B).
   * @default 12
   */
  passwordLength: z.int().min(12).max(99).default(12),
  /**
   * Whether a second factor, a time-based one-time password, is asked for.
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

/** What an app client may read and write unless told otherwise. */
export const DEFAULT_CLIENT_ATTRIBUTES = {
  email: ["email"],
  // Cognito takes an empty list for "all"; this one names nobody.
  username: ["updated_at"],
  "username-or-alias": ["email", "phone_number"],
};
