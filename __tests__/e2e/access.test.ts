import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { blocks } from "./cdktf";
import { cognito, describeCloud, failure, lambda, PASSWORD, pools, signIn, signUpTo, uniqueName } from "./cloud";
import { withoutRight } from "./services";

describeCloud("who may come in", () => {
  const { clientId: ClientId, userPoolId: UserPoolId } = pools.verified;
  const FunctionName = "identity-local-verified-pre-authentication";
  const NEUTRAL = {
    name: "UserLambdaValidationException",
    message: "PreAuthentication failed with error Something went wrong, please try again later.",
  };

  /** A user whom an administrator made, so that no sign-up stood in the way. */
  async function newUser(domain = "example.org"): Promise<string> {
    const Username = `${uniqueName()}@${domain}`;
    const UserAttributes = [
      { Name: "email", Value: Username },
      { Name: "email_verified", Value: "true" },
    ];
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        UserAttributes,
        MessageAction: "SUPPRESS",
      }),
    );
    await cognito.send(
      new AdminSetUserPasswordCommand({
        UserPoolId,
        Username,
        Password: PASSWORD,
        Permanent: true,
      }),
    );
    return Username;
  }

  const refresh = (REFRESH_TOKEN: string) =>
    cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN },
      }),
    );

  it("refuses sign-ups from a denied domain", async () => {
    const email = `${uniqueName()}@example.com`;
    expect(await failure(signUpTo(pools.verified, email, { email }))).toEqual({
      name: "UserLambdaValidationException",
      message: "PreSignUp failed with error Users from example.com are no longer allowed to sign up [domain-denied].",
    });
  });

  it("refuses a blocked user at sign-in and at refresh, and lets them in again, without a deployment", async () => {
    const user = await newUser();
    const session = await signIn("verified", user);
    const refreshToken = session.getRefreshToken().getToken();

    await blocks("add", `user:${user}`, "--reason", "a test");
    expect(await failure(signIn("verified", user))).toEqual({
      name: "UserLambdaValidationException",
      message: "PreAuthentication failed with error This user is no longer allowed to log in [user-blocked].",
    });
    expect(await failure(refresh(refreshToken))).toEqual({
      name: "UserLambdaValidationException",
      message: "PreTokenGeneration failed with error This user is no longer allowed to log in [user-blocked].",
    });

    await blocks("remove", `user:${user}`);
    await signIn("verified", user);
    await refresh(refreshToken);
  });

  it("refuses a blocked domain", async () => {
    const user = await newUser("blocked.example");
    await blocks("add", "domain:BLOCKED.example.");
    expect((await failure(signIn("verified", user))).message).toBe(
      "PreAuthentication failed with error Users from blocked.example are no longer allowed to log in.",
    );
    await blocks("remove", "domain:blocked.example");
    await signIn("verified", user);
  });

  /** Signs somebody in while the deployed function has other variables. */
  async function signInWith(change: (variables: Record<string, string>) => Record<string, string>) {
    const user = await newUser();
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const set = (Variables?: Record<string, string>) =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    await set(change(Environment?.Variables ?? {}));
    const since = Date.now();
    try {
      return await signIn("verified", user).then(
        () => "let in",
        ({ name, message }: Error) => ({ name, message }),
      );
    } finally {
      await set(Environment?.Variables);
      expect(Date.now() - since).toBeLessThan(5_000);
    }
  }
  const setting = (access: object) => (variables: Record<string, string>) => {
    const settings = JSON.parse(variables.SETTINGS ?? "");
    return {
      ...variables,
      SETTINGS: JSON.stringify({ access: { ...settings.access, ...access } }),
    };
  };

  describe("when the block list cannot be read, does as is set", () => {
    it.each([
      ["deny", NEUTRAL],
      ["allow", "let in"],
    ])("without its table: %s", async (onUnavailable, outcome) => {
      expect(await signInWith(setting({ onUnavailable, blockListTable: "gone" }))).toEqual(outcome);
    });

    it.each([
      ["deny", NEUTRAL],
      ["allow", "let in"],
    ])("when it answers after 4 s: %s, within 5 s", async (onUnavailable, outcome) => {
      const slow = createServer((_, response) => setTimeout(() => response.end("{}"), 4_000));
      await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
      const AWS_ENDPOINT_URL = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
      try {
        const change = (variables: Record<string, string>) => ({
          ...setting({ onUnavailable })(variables),
          AWS_ENDPOINT_URL,
        });
        expect(await signInWith(change)).toEqual(outcome);
      } finally {
        slow.closeAllConnections();
        slow.close();
      }
    });

    it("without the right to", async () => {
      const attempt = async () => failure(signIn("verified", await newUser()));
      expect(await withoutRight(FunctionName, "dynamodb:BatchGetItem", attempt)).toEqual(NEUTRAL);
      await signIn("verified", await newUser());
    });
  });
});
