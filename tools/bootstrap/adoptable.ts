// Some resources have a name that only one resource can have, so a second one cannot be made: if it exists and is not in
// Terraform's state, it must be imported. All others are settings of these, which AWS takes again.

/** A resource of a stack that can exist already. */
export interface Adoptable {
  readonly address: string;
  readonly type: AdoptableType;
  /** What Terraform imports it by. */
  readonly id: string;
}

export type AdoptableType = "aws_s3_bucket" | "aws_iam_role" | "aws_iam_openid_connect_provider";

type Attributes = Readonly<Record<string, unknown>>;

/** The stack's JSON, as far as it is read here. */
export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
}

/** How each type is named in AWS, and in a sentence. */
const TYPES: Record<AdoptableType, { thing: string; idOf: (attributes: Attributes, account: string) => string }> = {
  aws_s3_bucket: { thing: "bucket", idOf: ({ bucket }) => String(bucket) },
  aws_iam_role: { thing: "role", idOf: ({ name }) => String(name) },
  aws_iam_openid_connect_provider: {
    thing: "OIDC provider",
    idOf: ({ url }, account) => `arn:aws:iam::${account}:oidc-provider/${String(url).replace(/^https:\/\//, "")}`,
  },
};

/** The resources of a synthesized stack that can exist already. */
export function adoptablesOf(stack: StackJson, account: string): Adoptable[] {
  const types = Object.keys(TYPES) as AdoptableType[];
  return types.flatMap((type) =>
    Object.entries(stack.resource?.[type] ?? {}).map(([name, attributes]) => ({
      address: `${type}.${name}`,
      type,
      id: TYPES[type].idOf(attributes, account),
    })),
  );
}

/** The addresses of all resources of a synthesized stack. */
export const addressesOf = (stack: StackJson): string[] =>
  Object.entries(stack.resource ?? {}).flatMap(([type, byName]) =>
    Object.keys(byName).map((name) => `${type}.${name}`),
  );

/** As "the bucket identity-111111111111-dev-code". */
export const inWords = ({ type, id }: Pick<Adoptable, "type" | "id">) => `the ${TYPES[type].thing} ${id}`;
