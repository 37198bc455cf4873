import type { PoolConfig, StackOutputs } from "../contract/pools";
import { asRoot } from "./as-root";

/** Where a pool's hosted sign-in is, and what it offers. */
export type Hosted = Pick<PoolConfig, "hosted" | "providers">;

/** Asks the local cloud for the hosted sign-in of each pool. */
export async function withHosted<Pools extends StackOutputs["pools"]>(endpoint: string, pools: Pools) {
  const origin = endpoint.replace("//127.0.0.1:", "//localhost:");
  const entries = Object.entries(pools).map(async ([name, pool]) => {
    const { userPoolId: UserPoolId, clientId: ClientId } = pool;
    const [{ UserPool }, { UserPoolClient }] = await Promise.all([
      describe(endpoint, "DescribeUserPool", { UserPoolId }),
      describe(endpoint, "DescribeUserPoolClient", { UserPoolId, ClientId }),
    ]);
    const hosted: Hosted = {
      ...(UserPool?.Domain || UserPool?.CustomDomain ? { hosted: `${origin}/${UserPoolId}` } : {}),
      providers: (UserPoolClient?.SupportedIdentityProviders ?? []).filter((provider) => provider !== "COGNITO"),
    };
    return [name, { ...pool, ...hosted }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

interface Described {
  readonly UserPool?: { readonly Domain?: string; readonly CustomDomain?: string };
  readonly UserPoolClient?: { readonly SupportedIdentityProviders?: readonly string[] };
}

async function describe(endpoint: string, operation: string, input: object): Promise<Described> {
  const headers = {
    ...asRoot("cognito-idp"),
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
  };
  const answer = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(input) });
  if (!answer.ok) throw new Error(`The local cloud refused ${operation}.`);
  return (await answer.json()) as Described;
}
