import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { UpdateUserAttributesCommand, VerifyUserAttributeCommand } from "@aws-sdk/client-cognito-identity-provider";
import { GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { blocks } from "./cdktf";
import { cognito, describeCloud, failure, lambda, pools, signIn, signUpTo, uniqueName } from "./cloud";
import { functionOf } from "./functions";
import { createdUser, mailed, newAddress, refresh as refreshIn } from "./people";
import { callJson, withoutRight } from "./services";

describeCloud("who may sign in", () => {
  let FunctionName: string;
  let role: string;
  beforeAll(async () => {
    ({ name: FunctionName, role } = await functionOf("identity-local-verified-pre-authentication"));
  });
  const NEUTRAL = {
    name: "UserLambdaValidationException",
    message: "PreAuthentication failed with error Something went wrong, please try again later.",
  };

  /** A user whom an administrator made, so that no sign-up stood in the way. */
  async function newUser(domain = "example.org"): Promise<string> {
    const Username = `${uniqueName()}@${domain}`;
    await createdUser(pools.verified, Username, { email: Username, email_verified: "true" });
    return Username;
  }

  const refresh = (token: string) => refreshIn(pools.verified, token);

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

    await blocks("add", `user:${user}`, "--reason", "a test", "--name-only");
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

  describe("somebody who is signed in and then blocked by the address", () => {
    const BLOCKED = {
      name: "UserLambdaValidationException",
      message: "PreAuthentication failed with error This user is no longer allowed to log in [user-blocked].",
    };

    async function signedIn() {
      const user = await newUser();
      const session = await signIn("verified", user);
      const sub: string = session.getIdToken().payload.sub;
      const AccessToken = session.getAccessToken().getJwtToken();
      const change = (Value: string) =>
        cognito.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: "email", Value }] }));
      const verify = (Code: string) =>
        cognito.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));
      return { user, sub, change, verify, refreshToken: session.getRefreshToken().getToken() };
    }

    it("can no longer change it with the token that lives, nor use it", async () => {
      const { user, sub, change, verify, refreshToken } = await signedIn();
      const next = newAddress();
      await change(next);
      const code = await mailed(next);
      const said = await blocks("add", `user:${user.toUpperCase()}`);
      expect(said).toContain(`identity-local-verified: user:${sub} is the person.`);
      for (const walk of [change(newAddress()), verify(code), refresh(refreshToken)]) {
        expect((await failure(walk)).name).toBe("NotAuthorizedException");
      }
      expect(await failure(signIn("verified", user))).toEqual(BLOCKED);
      expect(await blocks("remove", `user:${user}`)).toContain(`user:${sub}, the same person, was there too`);
      await signIn("verified", user);
    });

    it("is kept out by the sub, even where the address was changed at the same moment", async () => {
      const { user, sub, change, verify, refreshToken } = await signedIn();
      await blocks("add", `user:${user}`, "--name-only");
      await blocks("add", `user:${sub}`, "--name-only");
      const next = newAddress();
      await change(next);
      await verify(await mailed(next));
      expect(await failure(signIn("verified", next))).toEqual(BLOCKED);
      expect((await failure(refresh(refreshToken))).message).toContain("[user-blocked]");
    });

    it("walks out of a block of the name alone, as docs/blocks.md says", async () => {
      const { user, change, verify } = await signedIn();
      await blocks("add", `user:${user}`, "--name-only");
      const next = newAddress();
      await change(next);
      await verify(await mailed(next));
      await signIn("verified", next);
      const said = await blocks("add", `user:${next}`);
      expect(said).toContain("signed out everywhere");
      expect(await failure(signIn("verified", next))).toEqual(BLOCKED);
    });

    it("may change into a domain that is kept out, and is then refused at the next token", async () => {
      const { change, verify, refreshToken } = await signedIn();
      const next = `${uniqueName()}@example.com`;
      await change(next);
      await verify(await mailed(next));
      expect((await failure(refresh(refreshToken))).message).toContain("Users from example.com are no longer allowed");
      expect((await failure(signIn("verified", next))).message).toContain("Users from example.com");
    });
  });

  it("finds a block however the name is written, and blocks of earlier versions before and after normalise", async () => {
    const user = `${uniqueName()}-straße@example.org`;
    const Item = { entry: { S: `user:${user}` } };
    await callJson("dynamodb", "DynamoDB_20120810.PutItem", { TableName: "identity-local-block-list", Item });
    const attempt = () => failure(signUpTo(pools.verified, user, { email: user }));
    const refused = expect.stringContaining("[user-blocked]");
    expect((await attempt()).message).toEqual(refused);
    expect(await blocks("normalise")).toMatch(/^1 of \d+ entries of local had another spelling/);
    expect((await attempt()).message).toEqual(refused);
    const other = user.replace("straße", "STRASSE").replace("@", "\u034f@");
    expect((await failure(signUpTo(pools.verified, other, { email: other }))).message).toEqual(refused);
    await blocks("remove", `user:${user}`);
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
      expect(await withoutRight(role, "dynamodb:BatchGetItem", attempt)).toEqual(NEUTRAL);
      await signIn("verified", await newUser());
    });
  });
});
