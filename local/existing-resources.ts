import { asRoot } from "./as-root";

interface Kind {
  readonly service: string;
  readonly path?: string;
  /** The operation and its input, of a service that has its operations in a header. */
  readonly target?: string;
  readonly body?: string;
  /** The names in the answer. */
  readonly names: (answer: string) => string[];
  /** The type in Terraform's state, and the argument that has the name there. */
  readonly type: string;
  readonly argument: string;
}

const inJson = (list: string, name?: string) => (answer: string) =>
  JSON.parse(answer)[list].map((entry: never) => (name ? entry[name] : entry));
const inXml = (element: string) => (answer: string) =>
  [...answer.matchAll(new RegExp(`<${element}>([^<]+)`, "g"))].map(([, name = ""]) => name);

/** The kinds of resources of the stacks that can be listed, each with the request that lists it. */
const KINDS: Readonly<Record<string, Kind>> = {
  "user pools": {
    service: "cognito-idp",
    target: "AWSCognitoIdentityProviderService.ListUserPools",
    body: '{"MaxResults":60}',
    names: inJson("UserPools", "Id"),
    type: "aws_cognito_user_pool",
    argument: "id",
  },
  tables: {
    service: "dynamodb",
    target: "DynamoDB_20120810.ListTables",
    body: "{}",
    names: inJson("TableNames"),
    type: "aws_dynamodb_table",
    argument: "name",
  },
  "log groups": {
    service: "logs",
    target: "Logs_20140328.DescribeLogGroups",
    body: "{}",
    names: inJson("logGroups", "logGroupName"),
    type: "aws_cloudwatch_log_group",
    argument: "name",
  },
  functions: {
    service: "lambda",
    path: "/2015-03-31/functions/?MaxItems=1000",
    names: inJson("Functions", "FunctionName"),
    type: "aws_lambda_function",
    argument: "function_name",
  },
  roles: {
    service: "iam",
    path: "/?Action=ListRoles&Version=2010-05-08&MaxItems=1000",
    names: inXml("RoleName"),
    type: "aws_iam_role",
    argument: "name",
  },
  buckets: { service: "s3", path: "/", names: inXml("Name"), type: "aws_s3_bucket", argument: "bucket" },
};

/** The resources that exist, as in `2 roles`. Empty if all stacks were destroyed completely. */
export async function leftovers(endpoint: string): Promise<string[]> {
  const left: string[] = [];
  for (const [name, kind] of Object.entries(KINDS)) {
    const { length } = await list(endpoint, name, kind);
    if (length > 0) left.push(`${length} ${name}`);
  }
  return left;
}

/**
 * Whether all resources of Terraform's states exist, as far as they can be listed.
 * @param states the text of the files that Terraform stores them in
 */
export async function allExist(endpoint: string, states: readonly string[]): Promise<boolean> {
  const resources = states.flatMap((state) => JSON.parse(state).resources as StateResource[]);
  for (const [name, kind] of Object.entries(KINDS)) {
    const existing = new Set(await list(endpoint, name, kind));
    const ofKind = resources.filter(({ mode, type }) => mode === "managed" && type === kind.type);
    const names = ofKind.flatMap(({ instances }) => instances.map(({ attributes }) => attributes[kind.argument]));
    if (names.some((each) => !existing.has(String(each)))) return false;
  }
  return true;
}

/** A resource in the file that Terraform stores its state in. */
interface StateResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
}

async function list(endpoint: string, name: string, { service, path = "/", target, body, names }: Kind) {
  const answer = await fetch(endpoint + path, {
    method: body ? "POST" : "GET",
    headers: {
      ...asRoot(service),
      ...(target && { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" }),
    },
    body,
  });
  if (!answer.ok) throw new Error(`The emulator did not list its ${name}.`);
  return names(await answer.text());
}
