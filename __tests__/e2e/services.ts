import { asRoot } from "../../local/as-root";
import { endpoint } from "./cloud";

// What the tests ask the local cloud as its administrator, where no SDK of theirs does.

const JSON_PROTOCOL = { dynamodb: "1.0", kms: "1.1", logs: "1.1", sqs: "1.0", ssm: "1.1" };

/** One call of a service with AWS's JSON protocol, as `DynamoDB_20120810.Scan`. */
export async function callJson<Answer>(
  service: keyof typeof JSON_PROTOCOL,
  target: string,
  input: object,
): Promise<Answer> {
  const headers = { "content-type": `application/x-amz-json-${JSON_PROTOCOL[service]}`, "x-amz-target": target };
  return JSON.parse(await post(service, headers, JSON.stringify(input))) as Answer;
}

/** One call of a service with AWS's query protocol; the answer is XML. */
export function callQuery(service: "iam" | "ses", Action: string, parameters: Record<string, string>): Promise<string> {
  const Version = { iam: "2010-05-08", ses: "2010-12-01" }[service];
  return post(
    service,
    { "content-type": "application/x-www-form-urlencoded" },
    new URLSearchParams({ Action, Version, ...parameters }).toString(),
  );
}

async function post(service: string, headers: Record<string, string>, body: string): Promise<string> {
  const answer = await fetch(endpoint, { method: "POST", headers: { ...asRoot(service), ...headers }, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${service} answered ${answer.status}: ${text}`);
  return text;
}

interface Statement {
  /** One alone is no list. */
  Action: string | string[];
}

/** Runs `work` while a role lacks one of its rights. */
export async function withoutRight<T>(RoleName: string, action: string, work: () => Promise<T>): Promise<T> {
  const changed: { name: string; document: string }[] = [];
  for (const name of await policyNames(RoleName)) {
    const document = await policyDocument(RoleName, name);
    const { Statement, ...rest } = JSON.parse(document) as { Statement: Statement[] };
    const [statement] = Statement as [Statement];
    const actions = [statement.Action].flat();
    if (!actions.includes(action)) continue;
    changed.push({ name, document });
    const Action = actions.filter((other) => other !== action);
    await (Action.length === 0
      ? callQuery("iam", "DeleteRolePolicy", { RoleName, PolicyName: name })
      : putPolicy(RoleName, name, JSON.stringify({ ...rest, Statement: [{ ...statement, Action }] })));
  }
  if (changed.length === 0) throw new Error(`${RoleName} has no right to ${action}.`);
  try {
    return await work();
  } finally {
    for (const { name, document } of changed) await putPolicy(RoleName, name, document);
  }
}

/** What a role may do, by its policies, as `["dynamodb:PutItem"]`. */
export async function rightsOf(RoleName: string): Promise<string[]> {
  const documents = await Promise.all((await policyNames(RoleName)).map((name) => policyDocument(RoleName, name)));
  return documents.flatMap((document) => JSON.parse(document).Statement).flatMap(({ Action }: Statement) => Action);
}

const putPolicy = (RoleName: string, PolicyName: string, PolicyDocument: string) =>
  callQuery("iam", "PutRolePolicy", { RoleName, PolicyName, PolicyDocument });

async function policyNames(RoleName: string): Promise<string[]> {
  const list = /<PolicyNames>(.*?)<\/PolicyNames>/s.exec(await callQuery("iam", "ListRolePolicies", { RoleName }))?.[1];
  return [...(list ?? "").matchAll(/<member>(.*?)<\/member>/g)].map(([, name = ""]) => name);
}

async function policyDocument(RoleName: string, PolicyName: string): Promise<string> {
  const answer = await callQuery("iam", "GetRolePolicy", { RoleName, PolicyName });
  return decodeURIComponent(/<PolicyDocument>(.*?)<\/PolicyDocument>/s.exec(answer)?.[1] ?? "");
}
