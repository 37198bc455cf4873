/**
 * The attributes that every pool has and a profile may be written with.
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

/** Whether a name is that of an attribute of a pool's own, as `custom:tenant`. */
export const isCustomAttribute = (name: string): boolean => /^custom:\w{1,20}$/.test(name);
