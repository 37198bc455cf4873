import { AdminGetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import {
  AddPermissionCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  RemovePermissionCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import { cognito, describeCloud, failure, lambda, pools, signUpTo, uniqueName } from "./cloud";
import { functionOf } from "./functions";

describeCloud("a pre sign-up trigger that fails", () => {
  let FunctionName: string;
  beforeAll(async () => {
    FunctionName = (await functionOf("identity-local-anonymous-pre-sign-up")).name;
  });
  const { userPoolId: UserPoolId } = pools.anonymous;

  const signUp = (name: string, changes?: object) => signUpTo(pools.anonymous, name, {}, changes);

  /** Signs somebody up while the deployed function runs other code. */
  async function signUpWith(handler: string, changes?: object) {
    const name = uniqueName();
    const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    const deployed = Buffer.from(await (await fetch(Code?.Location ?? "")).arrayBuffer());
    const source = Buffer.from(`exports.handler = ${handler};`);
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipSync({ "index.js": source }) }));
    try {
      const failed = await failure(signUp(name, changes));
      await expectNobody(name);
      return failed;
    } finally {
      await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: deployed }));
    }
  }

  const expectNobody = async (Username: string) =>
    expect((await failure(cognito.send(new AdminGetUserCommand({ UserPoolId, Username })))).name).toBe(
      "UserNotFoundException",
    );

  it.each<[string, string, string, string]>([
    [
      "throws",
      'async () => { throw new Error("no"); }',
      "UserLambdaValidationException",
      "PreSignUp failed with error no.",
    ],
    [
      "hangs",
      "() => new Promise((resolve) => setTimeout(resolve, 60_000))",
      "UnexpectedLambdaException",
      "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.",
    ],
    ["returns nothing", "async () => undefined", "InvalidLambdaResponseException", "Unrecognizable lambda output"],
    ["returns a word", 'async () => "yes"', "InvalidLambdaResponseException", "Unrecognizable lambda output"],
  ])("and %s creates nobody, with AWS's own error", async (_, handler, exception, message) => {
    const since = Date.now();
    expect(await signUpWith(handler)).toEqual({ name: exception, message });
    // Three attempts of 5 s.
    if (exception === "UnexpectedLambdaException") expect(Date.now() - since).toBeGreaterThan(14_000);
  });

  it("gets validation data and client metadata", async () => {
    const { message } = await signUpWith("async ({ request }) => { throw new Error(JSON.stringify(request)); }", {
      ValidationData: [{ Name: "invitation", Value: "owl" }],
      ClientMetadata: { page: "home" },
    });
    const request = JSON.parse(message.replace(/^PreSignUp failed with error /, "").replace(/\.$/, ""));
    expect(request).toMatchObject({
      validationData: { invitation: "owl" },
      clientMetadata: { page: "home" },
    });
    expect(request.userAttributes).not.toHaveProperty("invitation");
  });

  it("and may not be called creates nobody", async () => {
    const policy = JSON.parse((await lambda.send(new GetPolicyCommand({ FunctionName }))).Policy ?? "");
    const [{ Sid: StatementId, Condition }] = policy.Statement;
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }));
    const username = uniqueName();
    try {
      expect(await failure(signUp(username))).toEqual({
        name: "UnexpectedLambdaException",
        message: "PreSignUp invocation failed due to error AccessDeniedException.",
      });
      await expectNobody(username);
    } finally {
      await lambda.send(
        new AddPermissionCommand({
          FunctionName,
          StatementId,
          Action: "lambda:InvokeFunction",
          Principal: "cognito-idp.amazonaws.com",
          SourceArn: Condition.ArnLike["AWS:SourceArn"],
          SourceAccount: Condition.StringEquals["AWS:SourceAccount"],
        }),
      );
    }
    await signUp(uniqueName());
  });
});
