import { z } from "zod";
import { isAttributeName } from "../../contract/attributes";
import { settingsObject } from "../shared/settings-object";

/** Attributes in an event that a profile cannot be written with. */
const READ_ONLY_ATTRIBUTES = ["sub", "email_verified", "phone_number_verified", "identities", "cognito:user_status"];

const attributeName = () =>
  z.string().refine((name) => isAttributeName(name) || READ_ONLY_ATTRIBUTES.includes(name), {
    error: `must be a standard attribute, custom:<name>, ${READ_ONLY_ATTRIBUTES.join(", ")}`,
  });

/**
 * The value of a claim: an attribute of the user, as text; the names of the user's groups, as a list or, in version 1,
 * as text with commas; the app client's id; or a fixed value. If the user does not have the attribute or any group, the
 * claim is not added. For a program, no claim of an attribute or of groups is added.
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

/** The characters are those of RFC 6749 3.3. The length and the number are Cognito's limits for an app client. */
const scopes = () =>
  z
    .array(z.string().regex(/^[!#-[\]-~]{1,256}$/, 'must be up to 256 visible ASCII characters without " and \\'))
    .max(50, "must name 50 scopes at most")
    .default([]);

const claimSettings = {
  /**
   * Claims to add, or to replace.
   * @default none
   */
  claims: z.record(z.string(), claim(), { error: "must be an object of claims by their names" }).default({}),
  /**
   * Claims to leave out.
   * @default none
   */
  suppress: z.array(z.string()).default([]),
};

/** The settings of tokens, without the rules of claim-rules.ts. */
export const tokenSettings = () =>
  settingsObject({
    /**
     * The version of the event. 1 changes only the ID token, 2 also the access token, 3 also tokens of programs.
     * Versions 2 and 3 need the tier ESSENTIALS or PLUS.
     * @default 1
     */
    eventVersion: z.literal([1, 2, 3]).default(1),
    /**
     * Changes to the ID token.
     * @default as Cognito makes it
     */
    idToken: settingsObject(claimSettings).optional(),
    /**
     * Changes to the access token and its scopes.
     * @default as Cognito makes it
     */
    accessToken: settingsObject({
      ...claimSettings,
      /**
       * Scopes to add, for every user. So an API that requires only such a scope accepts everybody.
       * @default none
       */
      addScopes: scopes(),
      /**
       * Scopes to remove. Without `aws.cognito.signin.user.admin` people cannot change their own profile.
       * @default none
       */
      suppressScopes: scopes(),
    }).optional(),
  });

export type Claim = z.output<ReturnType<typeof claim>>;
export type TokenSettings = z.output<ReturnType<typeof tokenSettings>>;
