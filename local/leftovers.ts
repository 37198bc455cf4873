import { asRoot } from "./as-root";

/** How the emulator lists each kind of thing that the stacks make. */
const LISTS = [
  {
    things: "user pools",
    service: "cognito-idp",
    target: "AWSCognitoIdentityProviderService.ListUserPools",
    body: '{"MaxResults":60}',
  },
  { things: "tables", service: "dynamodb", target: "DynamoDB_20120810.ListTables", body: "{}" },
  { things: "log groups", service: "logs", target: "Logs_20140328.DescribeLogGroups", body: "{}" },
  { things: "functions", service: "lambda", path: "/2015-03-31/functions/" },
  { things: "roles", service: "iam", path: "/?Action=ListRoles&Version=2010-05-08" },
  { things: "buckets", service: "s3", path: "/" },
];

/** What is there, as in `2 roles`; nothing is left when all stacks were destroyed. */
export async function leftovers(endpoint: string): Promise<string[]> {
  const left: string[] = [];
  for (const { things, service, path = "/", target, body } of LISTS) {
    const answer = await fetch(endpoint + path, {
      method: body ? "POST" : "GET",
      headers: {
        ...asRoot(service),
        ...(target && { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" }),
      },
      body,
    });
    if (!answer.ok) throw new Error(`The emulator did not list its ${things}.`);
    const count = entries(await answer.text());
    if (count > 0) left.push(`${count} ${things}`);
  }
  return left;
}

/** How many things an answer lists: JSON has them in its one array, XML as members of its list. */
function entries(answer: string): number {
  if (answer.startsWith("<")) return (answer.match(/<(RoleName|Bucket)>/g) ?? []).length;
  return Object.values(JSON.parse(answer)).find(Array.isArray)?.length ?? 0;
}
