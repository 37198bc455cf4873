/**
 * Whether an address or number is verified: `true` in any case, since Cognito sends `True` at times. Nothing else is,
 * neither `1` nor `yes`, nor `true` with spaces.
 * @see https://github.com/aws-amplify/amplify-js/issues/8205
 */
export const isVerified = (
  attributes: Readonly<Record<string, string>>,
  attribute: "email" | "phone_number",
): boolean => attributes[`${attribute}_verified`]?.toLowerCase() === "true";
