import { asRoot } from "./as-root";

/** The request that lists each kind of resource of the stacks. */
const LISTS = [
  {
    resources: "user pools",
    service: "cognito-idp",
    target: "AWSCognitoIdentityProviderService.ListUserPools",
    body: '{"MaxResults":60}',
  },
  { resources: "tables", service: "dynamodb", target: "DynamoDB_20120810.ListTables", body: "{}" },
  { resources: "log groups", service: "logs", target: "Logs_20140328.DescribeLogGroups", body: "{}" },
  { resources: "functions", service: "lambda", path: "/2015-03-31/functions/" },
  { resources: "roles", service: "iam", path: "/?Action=ListRoles&Version=2010-05-08" },
  { resources: "buckets", service: "s3", path: "/" },
];

/** The resources that exist, as in `2 roles`. Empty if all stacks were destroyed completely. */
export async function leftovers(endpoint: string): Promise<string[]> {
  const left: string[] = [];
  for (const { resources, service, path = "/", target, body } of LISTS) {
    const answer = await fetch(endpoint + path, {
      method: body ? "POST" : "GET",
      headers: {
        ...asRoot(service),
        ...(target && { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" }),
      },
      body,
    });
    if (!answer.ok) throw new Error(`The emulator did not list its ${resources}.`);
    const count = entries(await answer.text());
    if (count > 0) left.push(`${count} ${resources}`);
  }
  return left;
}

/** The number of resources in an answer. JSON has them in its only array, XML in elements of a list. */
function entries(answer: string): number {
  if (answer.startsWith("<")) return (answer.match(/<(RoleName|Bucket)>/g) ?? []).length;
  return Object.values(JSON.parse(answer)).find(Array.isArray)?.length ?? 0;
}
