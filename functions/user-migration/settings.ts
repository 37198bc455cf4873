import { z } from "zod";
import { isAttributeName, STANDARD_ATTRIBUTES } from "../../contract/attributes";
import { settingsObject } from "../shared/settings-object";
import { PASSWORD_ATTRIBUTES } from "./legacy-item";
import { ADDRESSES } from "./profile";

/** What can be set for the user migration trigger. */
export const settingsSchema = () =>
  settingsObject({
    /** The DynamoDB table of the legacy directory, in the pool's own account and Region. */
    table: z.string().regex(/^[\w.-]{3,255}$/, "must be 3 to 255 letters, digits, underscores, hyphens and dots"),
    /** Cognito's attributes, each with its name in the legacy item, such as `{ email: "mail" }`. */
    attributes: z.record(z.string(), z.string().min(1).max(255), {
      error: 'must be an object such as { email: "mail" }',
    }),
    /**
     * The legacy attribute that holds the person's user name. It is for pools with `signIn: "username-or-alias"`, where
     * Cognito needs the user name of a person who typed an address or a phone number. It needs `addressesAreProven`.
     * @default none: only people who type their user name are migrated
     */
    userName: z.string().min(1).max(255).optional(),
    /**
     * Whether the legacy directory has checked each address and number with a code. Cognito then marks them as verified
     * and sends codes for a new password to them. Otherwise nobody is migrated at a forgotten password.
     * @default false
     */
    addressesAreProven: z.boolean().default(false),
    /**
     * Whether people keep their password, or must choose another at their first sign-in.
     * @default "CONFIRMED"
     */
    finalStatus: z.enum(["CONFIRMED", "RESET_REQUIRED"]).default("CONFIRMED"),
  }).superRefine(({ attributes, userName, addressesAreProven, finalStatus }, context) => {
    const refuse = (path: string[], input: unknown, message: string) =>
      context.addIssue({ code: "custom", path, input, message });
    if (Object.keys(attributes).length === 0) refuse(["attributes"], attributes, "must name one attribute at least");
    for (const [name, source] of Object.entries(attributes)) {
      const message = wrongName(name) ?? wrongSource(source);
      if (message) refuse(["attributes", name], source, message);
    }
    const message = userName && wrongSource(userName);
    if (message) refuse(["userName"], userName, message);
    // Cognito signs nobody in with an address that is not verified: the user would be made, and kept out.
    if (userName && !addressesAreProven) {
      refuse(["userName"], userName, "must be left out unless addressesAreProven is true");
    }
    if (addressesAreProven && !ADDRESSES.some((name) => attributes[name])) {
      refuse(["addressesAreProven"], true, `must be false unless attributes has ${ADDRESSES.join(" or ")}`);
    }
    // The user would need a new password, but could get no code to set one.
    if (finalStatus === "RESET_REQUIRED" && !addressesAreProven) {
      refuse(["finalStatus"], finalStatus, 'must be "CONFIRMED" unless addressesAreProven is true');
    }
  });

function wrongName(name: string): string | undefined {
  if (name === "sub") return "must be left out: Cognito gives every user a sub of its own";
  if (/_verified$/.test(name)) return "must be left to addressesAreProven";
  if (isAttributeName(name)) return undefined;
  return `must be for one of ${STANDARD_ATTRIBUTES.join(", ")} or custom:<name>`;
}

function wrongSource(source: string): string | undefined {
  return PASSWORD_ATTRIBUTES.includes(source)
    ? `must be none of ${PASSWORD_ATTRIBUTES.join(", ")}, which keep the password`
    : undefined;
}

export type UserMigrationSettings = z.input<ReturnType<typeof settingsSchema>>;
export type Settings = z.output<ReturnType<typeof settingsSchema>> & {
  /** What people of the pool sign in with. */
  readonly signIn: "email" | "username" | "username-or-alias";
  /** The attributes that every user of the pool must have. */
  readonly requires: readonly string[];
  /** The attributes that the pool can send a code to. */
  readonly recoversBy: readonly string[];
};
