import { z } from "zod";
import { type Access, domainList } from "../shared/access";
import { settingsObject } from "../shared/settings-object";
import { linkingSchema } from "./linking-settings";

/** What can be set for the pre sign-up trigger. */
export const settingsSchema = () =>
  settingsObject({
    /**
     * Who is confirmed at sign-up, without a code: nobody, everyone, or users of the listed email domains.
     * `custom:domain` confirms users whose email domain equals the attribute that they write themselves. It is AWS's
     * sample: use it only to follow the tutorial, because users can write anything there.
     * @default "nobody"
     */
    autoConfirm: z
      .union(
        [z.enum(["nobody", "everyone", "custom:domain"]), settingsObject({ registeredDomains: domainList().min(1) })],
        {
          error: 'must be "nobody", "everyone", "custom:domain" or { registeredDomains: [...] }',
        },
      )
      .default("nobody"),
    /**
     * Accepts that users are confirmed, or their addresses marked as verified, without proof. Somebody can then sign up
     * with the address of another person, also by a typing error, and the owner of the address gets no account with it.
     * @default false
     */
    confirmWithoutProof: z.boolean().default(false),
    /**
     * Accepts that users who are confirmed without proof cannot replace a forgotten password: Cognito sends a code only
     * to a verified address. With `autoVerify` they can, and so can the owner of the address.
     * @default false
     */
    withoutRecovery: z.boolean().default(false),
    /**
     * Attributes that are marked as verified at sign-up, if the user has them. If `autoConfirm` depends on the domain,
     * only users who are confirmed get this mark.
     * @default none
     */
    autoVerify: z.array(z.enum(["email", "phone_number"])).default([]),
    /**
     * Before an address or number is marked as verified, looks for another user who has it as verified, because Cognito
     * would take it from that user. If there is one, or if the look-up fails: `skip` does not mark it, and `refuse`
     * refuses the sign-up.
     * @default no look-up
     */
    takeOverGuard: z.enum(["skip", "refuse"]).optional(),
    /**
     * The minimum length of a user name, in characters as people count them. Invisible characters do not count.
     * @default no minimum
     */
    minimumUserNameLength: z.int().min(1).max(128).optional(),
    /**
     * Refuses everything that could identify a person: any attribute, and a user name that is an email address or a
     * phone number.
     * @default false
     */
    anonymous: z.boolean().default(false),
    /**
     * Links people who come from an identity provider to the pool's own users, where the address is proven on both sides.
     * @default nobody is linked
     */
    linking: linkingSchema().optional(),
  });

export type PreSignUpSettings = z.input<ReturnType<typeof settingsSchema>>;
export type Settings = z.output<ReturnType<typeof settingsSchema>> & {
  readonly access?: Access;
  /** The table that people are migrated from, if the pool has user migration. */
  readonly legacyTable?: string;
  /** The names in Cognito of the pool's identity providers, if people choose their user names. */
  readonly providers?: readonly string[];
  /** What people sign in with, if the pool has `linking`. */
  readonly signIn?: "email" | "username" | "username-or-alias";
};
