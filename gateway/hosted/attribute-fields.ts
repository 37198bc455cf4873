import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { signsInWith } from "../pools/user-names";
import { field } from "./html";

const known: Readonly<Record<string, { label: string; autocomplete: string; type?: "email" | "tel" }>> = {
  email: { label: "Email address", autocomplete: "email", type: "email" },
  phone_number: { label: "Phone number, such as +14155550123", autocomplete: "tel", type: "tel" },
  name: { label: "Name", autocomplete: "name" },
  given_name: { label: "Given name", autocomplete: "given-name" },
  family_name: { label: "Family name", autocomplete: "family-name" },
};

/** The field of a form for an attribute of the user. */
export function attributeField(name: string, value: string): string {
  const plain = { label: name.replace(/^custom:/, "").replaceAll("_", " "), autocomplete: "off" };
  return field({ name: `userAttributes.${name}`, value, ...(known[name] ?? plain) });
}

/** The attributes that a person gives to sign up: what the pool requires or verifies, beside the name. */
export function attributesToAsk(pool: UserPoolType): string[] {
  const required = (pool.SchemaAttributes ?? []).filter(({ Required }) => Required).map(({ Name = "" }) => Name);
  const asked = new Set<string>([...required, ...(pool.AutoVerifiedAttributes ?? [])]);
  for (const name of ["sub", "email_verified", "phone_number_verified"]) asked.delete(name);
  for (const name of ["email", "phone_number"] as const) if (signsInWith(pool, name)) asked.delete(name);
  return [...asked];
}
