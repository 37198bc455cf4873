import { z } from "zod";
import { isCustomAttribute, STANDARD_ATTRIBUTES } from "../../contract/attributes";
import { settingsObject } from "../shared/settings-object";

/** What an event says of a user beside what a profile may be written with. */
const READ_ONLY_ATTRIBUTES = ["sub", "email_verified", "phone_number_verified", "identities", "cognito:user_status"];

const attributeName = () =>
  z
    .string()
    .refine(
      (name) => isCustomAttribute(name) || STANDARD_ATTRIBUTES.includes(name) || READ_ONLY_ATTRIBUTES.includes(name),
      { error: `must be a standard attribute, custom:<name>, ${READ_ONLY_ATTRIBUTES.join(", ")}` },
    );

/**
 * What a claim says: an attribute of the user, as text; the names of the user's groups, a list or, in version 1, text
 * with commas between; the app client's id; or always the same. A claim of an attribute or of groups that the user does
 * not have is not added, and none of them is added for a program.
 */
const claim = () =>
  z.union(
    [
      settingsObject({ attribute: attributeName() }),
      settingsObject({ groups: z.literal(true) }),
      settingsObject({ clientId: z.literal(true) }),
      settingsObject({
        value: z
          .json()
          .refine((value) => value !== null, { error: "must be text, a number, true, false, a list or an object" }),
      }),
    ],
    {
      error: 'must be { attribute: "custom:tenant" }, { groups: true }, { clientId: true } or { value: <any JSON> }',
    },
  );

/** RFC 6749 3.3; the length and the number are what Cognito lets an app client have. */
const scopes = () =>
  z
    .array(z.string().regex(/^[!#-[\]-~]{1,256}$/, 'must be up to 256 visible ASCII characters without " and \\'))
    .max(50, "must name 50 scopes at most")
    .default([]);

const claimSettings = {
  /**
   * Claims to add, or to put in the place of what Cognito says.
   * @default none
   */
  claims: z.record(z.string(), claim(), { error: "must be an object of claims by their names" }).default({}),
  /**
   * Claims to leave out.
   * @default none
   */
  suppress: z.array(z.string()).default([]),
};

/** What tokens are to say, before the rules of claim-rules.ts. */
export const tokenSettings = () =>
  settingsObject({
    /**
     * Which event the pool sends: 1 changes the ID token alone; 2 the access token too; 3 that of programs as well. Cognito
     * has 2 and 3 in the plans Essentials and Plus only.
     * @default 1
     */
    eventVersion: z.literal([1, 2, 3]).default(1),
    /**
     * What the ID token says.
     * @default as Cognito makes it
     */
    idToken: settingsObject(claimSettings).optional(),
    /**
     * What the access token says, and what it opens.
     * @default as Cognito makes it
     */
    accessToken: settingsObject({
      ...claimSettings,
      /**
       * Scopes to add: for whomever it is for, so an API that asks for one lets everybody in.
       * @default none
       */
      addScopes: scopes(),
      /**
       * Scopes to take away. Without `aws.cognito.signin.user.admin` people cannot change their own profile.
       * @default none
       */
      suppressScopes: scopes(),
    }).optional(),
  });

export type Claim = z.output<ReturnType<typeof claim>>;
export type TokenSettings = z.output<ReturnType<typeof tokenSettings>>;
