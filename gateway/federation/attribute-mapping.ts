import type { IdentityProviderType } from "@aws-sdk/client-cognito-identity-provider";
import type { Attributes } from "../users/attributes";

/**
 * The attributes of the pool that a provider's claims give. A claim is handed on as it is written, so `"True"` stays
 * `"True"`. Where the provider gives an address and does not say whether it is verified, it is not.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-specifying-attribute-mapping.html
 */
export function mappedAttributes(
  { AttributeMapping = {} }: IdentityProviderType,
  claims: Readonly<Record<string, unknown>>,
): Attributes {
  const mapped = Object.entries(AttributeMapping)
    .filter(([attribute]) => attribute !== "username")
    .flatMap(([attribute, claim]) => {
      const value = claims[claim];
      return value === undefined || value === null || value === "" ? [] : [[attribute, asText(value)] as const];
    });
  const given = Object.fromEntries(mapped);
  const flags = ["email", "phone_number"].filter((name) => given[name] !== undefined).map((name) => `${name}_verified`);
  return { ...Object.fromEntries(flags.map((name) => [name, "false"])), ...given };
}

const asText = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));
