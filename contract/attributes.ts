/**
 * The standard attributes that a user's profile can be written with. Every pool has them.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export const STANDARD_ATTRIBUTES: readonly string[] = [
  "address",
  "birthdate",
  "email",
  "family_name",
  "gender",
  "given_name",
  "locale",
  "middle_name",
  "name",
  "nickname",
  "phone_number",
  "picture",
  "preferred_username",
  "profile",
  "updated_at",
  "website",
  "zoneinfo",
];

/** The most characters of a standard attribute, which Cognito decides, and of this project's custom attributes. */
export const MOST_CHARACTERS = { standard: 2048, custom: 256 };

/** Whether this is the name of a custom attribute, such as `custom:tenant`. */
export const isCustomAttribute = (name: string): boolean => /^custom:\w{1,20}$/.test(name);

/** Whether some pool can have an attribute of this name, which a user's profile can be written with. */
export const isAttributeName = (name: string): boolean => STANDARD_ATTRIBUTES.includes(name) || isCustomAttribute(name);
