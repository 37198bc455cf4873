import { z } from "zod";
import { type Access, domainList } from "../shared/access";
import { settingsObject } from "../shared/settings-object";

/** What can be set for the pre sign-up trigger. */
export const settingsSchema = () =>
  settingsObject({
    /**
     * Who is confirmed at sign-up, and so signs in without typing a code: nobody, everyone, those whose email domain is
     * registered in this list, or, with `custom:domain`, those whose email domain is what they themselves claim in that
     * attribute: AWS's sample, for the tutorial only, since anybody can claim anything.
     * @default "nobody"
     */
    autoConfirm: z
      .union([z.enum(["nobody", "everyone", "custom:domain"]), settingsObject({ registeredDomains: domainList() })], {
        error: 'must be "nobody", "everyone", "custom:domain" or { registeredDomains: [...] }',
      })
      .default("nobody"),
    /**
     * Says that people may be confirmed though nobody has proven their address, in a pool that recovers accounts through
     * it: whoever confirms with another's address is locked out by its owner, and a typing error gives the account away.
     * @default false
     */
    confirmWithoutProof: z.boolean().default(false),
    /**
     * Attributes that are marked as verified at sign-up, where they are present.
     * @default none
     */
    autoVerify: z.array(z.enum(["email", "phone_number"])).default([]),
    /**
     * Before an address or number is marked as verified, looks whether somebody else holds it as verified, since Cognito
     * would take it from them: then it is not marked (`skip`), or the sign-up is refused (`refuse`). The same when the
     * look-up fails.
     * @default no look-up
     */
    takeOverGuard: z.enum(["skip", "refuse"]).optional(),
    /**
     * The least number of characters of a user name.
     * @default no minimum
     */
    minimumUserNameLength: z.int().min(1).max(128).optional(),
    /**
     * Refuses whatever could lead back to a person: any attribute, and a user name that is an email address or a phone
     * number.
     * @default false
     */
    anonymous: z.boolean().default(false),
  });

export type PreSignUpSettings = z.input<ReturnType<typeof settingsSchema>>;
export type Settings = z.output<ReturnType<typeof settingsSchema>> & { readonly access?: Access };
