import { CognitoIdentityProvider } from "@cdktf/provider-aws/lib/cognito-identity-provider";
import { DataAwsSecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import {
  DefaultTokenResolver,
  StringConcat,
  type TerraformResourceLifecycle,
  TerraformStack,
  Tokenization,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { SecretPlace } from "./provider-secrets";
import type { Provider } from "./provider-types";
import { reachLocally } from "./terraform";
import type { Pool } from "./triggers/trigger";

/** Makes the providers of a pool. @returns their names, for the app client, which must be made after them */
export function provideIdentityProviders(
  scope: Construct,
  pool: Pick<Pool, "id">,
  providers: readonly Provider[],
  lifecycle: TerraformResourceLifecycle,
): string[] {
  return providers.map(({ name, type, details, secret, subject, attributes, ignored }) => {
    const id = `provider-${name}`;
    const secretText = secret && readSecret(scope, `${id}-secret`, secret.place);
    const provider = new CognitoIdentityProvider(scope, id, {
      userPoolId: pool.id,
      providerName: name,
      providerType: type,
      providerDetails: {
        ...details,
        ...(secret && secretText !== undefined && { [secret.detail]: secret.as?.(secretText) ?? secretText }),
      },
      attributeMapping: { ...(subject !== undefined && { username: subject }), ...attributes },
      lifecycle: { ...lifecycle, ignoreChanges: ignored.map((detail) => `provider_details["${detail}"]`) },
    });
    return provider.providerName;
  });
}

/**
 * Refuses, at synthesis, a provider that somebody makes beside a pool without `identityProviders`: the pool's functions
 * leave out what they would need to know its people.
 */
export function refuseOtherProviders(pool: Construct, { id }: Pick<Pool, "id">): void {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const text = (value: unknown) =>
    JSON.stringify(Tokenization.resolve(value, { scope: pool, resolver, preparing: false }));
  const isOfPool = (one: IConstruct) =>
    one instanceof CognitoIdentityProvider && text(one.userPoolIdInput) === text(id);
  const validate = () =>
    TerraformStack.of(pool)
      .node.findAll()
      .filter(isOfPool)
      .map(
        ({ node }) =>
          `${node.path} is an identity provider of the pool ${pool.node.id}, which has no identityProviders, so its functions would not know who comes from there: set ${pool.node.id}.identityProviders, or set it to {} if you make providers yourself.`,
      );
  pool.node.addValidation({ validate });
}

/** The secret, as a reference to a data source that Terraform reads when it plans. */
function readSecret(scope: Construct, id: string, place: SecretPlace): string {
  if ("parameter" in place) {
    reachLocally(scope, "ssm");
    return new DataAwsSsmParameter(scope, id, { name: place.parameter, withDecryption: true }).value;
  }
  reachLocally(scope, "secretsmanager");
  return new DataAwsSecretsmanagerSecretVersion(scope, id, { secretId: place.secret }).secretString;
}
