import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { allExist, leftovers } from "../../local/existing-resources";

// The answers as MiniStack has them.
const answers: Record<string, string> = {
  "cognito-idp": '{"UserPools": [{"Id": "eu-west-1_one", "Name": "people"}]}',
  dynamodb: '{"TableNames": ["block-list"]}',
  logs: '{"logGroups": [{"logGroupName": "/aws/lambda/sign-up", "arn": "arn"}]}',
  lambda: '{"Functions": [{"FunctionName": "sign-up", "Role": "role"}]}',
  iam: "<Roles><member><RoleName>sign-up</RoleName></member><member><RoleName>other</RoleName></member></Roles>",
  s3: "<Owner><ID>x</ID></Owner><Buckets><Bucket><Name>state</Name></Bucket></Buckets>",
};
let server: Server;
let endpoint: string;

beforeAll(async () => {
  server = createServer(({ headers }, response) => {
    const service = headers.authorization?.split("/")[3] ?? "";
    response.end(answers[service]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const resource = (type: string, attributes: object, mode = "managed") => ({ mode, type, instances: [{ attributes }] });
const state = (...resources: object[]) => JSON.stringify({ version: 4, resources });
const ALL = [
  resource("aws_cognito_user_pool", { id: "eu-west-1_one", name: "people" }),
  resource("aws_dynamodb_table", { name: "block-list" }),
  resource("aws_cloudwatch_log_group", { name: "/aws/lambda/sign-up" }),
  resource("aws_lambda_function", { function_name: "sign-up" }),
  resource("aws_iam_role", { name: "sign-up" }),
  resource("aws_lambda_permission", { statement_id: "what no list has" }),
];
const BUCKET = resource("aws_s3_bucket", { bucket: "state" });

it("lists what is left", async () => {
  expect(await leftovers(endpoint)).toEqual([
    "1 user pools",
    "1 tables",
    "1 log groups",
    "1 functions",
    "2 roles",
    "1 buckets",
  ]);
});

it("finds all resources of both states", async () => {
  expect(await allExist(endpoint, [state(BUCKET), state(...ALL)])).toBe(true);
});

it.each([
  ["aws_cognito_user_pool", { id: "eu-west-1_two" }],
  ["aws_dynamodb_table", { name: "sign-ins" }],
  ["aws_cloudwatch_log_group", { name: "/aws/lambda" }],
  ["aws_lambda_function", { function_name: "sign" }],
  ["aws_iam_role", { name: "sign-in" }],
  ["aws_s3_bucket", { bucket: "code" }],
])("misses a resource of %s", async (type, attributes) => {
  expect(await allExist(endpoint, [state(BUCKET), state(...ALL, resource(type, attributes))])).toBe(false);
});

it("does not look for what a stack only reads", async () => {
  expect(await allExist(endpoint, [state(resource("aws_iam_role", { name: "another's" }, "data"))])).toBe(true);
});
