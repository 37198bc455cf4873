import { z } from "zod";
import { parameterName } from "../functions/shared/parameter-name";
import { settingsObject } from "../functions/shared/settings-object";

// The secrets of identity providers. The code has only their names: Terraform reads them when it plans, and keeps them
// in its state. docs/identity-providers.md says who can read that.

/** Where a secret is: in a parameter of SSM, or in a secret of Secrets Manager that is one text. */
export type SecretPlace = { readonly parameter: string } | { readonly secret: string };

// Both names need a slash, and the second one is short and has none of `+=~@`: so no secret of a provider is taken for
// a name.
const place = z.union([
  settingsObject({ parameter: parameterName() }),
  settingsObject({
    secret: z
      .string()
      .max(128)
      .regex(/^[\w.-]+(\/[\w.-]+)+$/),
  }),
]);

/** The setting that says where a secret is. Its error never shows what was given, which may be the secret itself. */
export const secretPlace = () =>
  z.custom<SecretPlace>((given) => place.safeParse(given).success, {
    error:
      'must say where the secret is, and never be the secret: { parameter: "/app/name" } of SSM, or { secret: "app/name" } of Secrets Manager',
    params: { unprinted: true },
  });

/** The call that reads a secret, and its ARN. Secrets Manager adds a hyphen and six characters to the name. */
export function rightToRead(where: SecretPlace, { account, region }: { account: string; region: string }) {
  return "parameter" in where
    ? { action: "ssm:GetParameter", arn: `arn:aws:ssm:${region}:${account}:parameter${where.parameter}` }
    : {
        action: "secretsmanager:GetSecretValue",
        arn: `arn:aws:secretsmanager:${region}:${account}:secret:${where.secret}-??????`,
      };
}
