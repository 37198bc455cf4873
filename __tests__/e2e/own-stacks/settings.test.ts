import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  DescribeUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { cognito, describeCloud, failure, lambda, mailsTo, signInTo, signUpTo, uniqueName } from "../cloud";
import { functionOf } from "../functions";
import { withoutRight } from "../services";
import { SETTINGS_STACK as stack } from "./settings-stack";

describeCloud("pools with other settings", () => {
  let pools: Awaited<ReturnType<typeof stack.ready>>["pools"];
  beforeAll(async () => {
    ({ pools } = await stack.ready());
  }, 300_000);

  const signUp = (pool: keyof typeof pools, name: string, attributes?: Record<string, string>) =>
    signUpTo(pools[pool], name, attributes);
  const attributesOf = async (pool: keyof typeof pools, Username: string) => {
    const user = await cognito.send(new AdminGetUserCommand({ UserPoolId: pools[pool].userPoolId, Username }));
    return Object.fromEntries((user.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value]));
  };

  it("sends Cognito's own messages with the pool's texts", async () => {
    const [newcomer, invited] = [`${uniqueName()}@example.org`, `${uniqueName()}@example.org`];
    await signUp("worded", newcomer, { email: newcomer });
    const UserPoolId = pools.worded.userPoolId;
    const UserAttributes = [{ Name: "email", Value: invited }];
    await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username: invited, UserAttributes }));
    const [code, invitation] = [...(await mailsTo(newcomer)), ...(await mailsTo(invited))];
    expect(code).toMatchObject({
      subject: "Type this at Example",
      body: expect.stringMatching(/^<p>It is \d{6}\.<\/p>$/),
    });
    expect(invitation).toMatchObject({ subject: "Come to Example", body: expect.stringMatching(/^<p>\S+: \S+<\/p>$/) });
  });

  it("lets administrators alone create users, with the passwords and tokens of the pool", async () => {
    const name = `${uniqueName()}@example.org`;
    expect(await failure(signUp("closed", name, { email: name }))).toMatchObject({
      name: "NotAuthorizedException",
      message: "SignUp is not permitted for this user pool",
    });
    const user = { UserPoolId: pools.closed.userPoolId, Username: name };
    const UserAttributes = [{ Name: "email", Value: name }];
    await cognito.send(new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: "SUPPRESS" }));
    const setPassword = (Password: string) =>
      cognito.send(new AdminSetUserPasswordCommand({ ...user, Password, Permanent: true }));
    expect((await failure(setPassword("no capital 1"))).message).toContain("Password must have uppercase characters");
    expect((await failure(setPassword("No digit here"))).message).toContain("Password must have numeric characters");
    await setPassword("One capital and 1 digit");
    const session = await signInTo(pools.closed, name, "One capital and 1 digit");
    const { exp, iat } = session.getAccessToken().payload;
    expect((exp ?? 0) - (iat ?? 0)).toBe(300);
  });

  describe("the take-over guard", () => {
    it("leaves an address with its owner, who signs in with it", async () => {
      const email = `${uniqueName()}@example.org`;
      const [owner, thief] = [uniqueName(), uniqueName()];
      await signUp("guarded", owner, { email });
      expect(await attributesOf("guarded", owner)).toMatchObject({ email_verified: "true" });

      await signUp("guarded", thief, { email });
      expect(await attributesOf("guarded", thief)).not.toMatchObject({ email_verified: "true" });
      expect(await attributesOf("guarded", owner)).toMatchObject({ email_verified: "true" });
      const session = await signInTo(pools.guarded, email);
      expect(session.getIdToken().payload["cognito:username"]).toBe(owner);
    });

    it("is needed: without it Cognito gives the address to the newcomer", async () => {
      const { name: FunctionName } = await functionOf("identity-local-guarded-pre-sign-up");
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const { takeOverGuard: _, ...unguarded } = JSON.parse(Environment?.Variables?.SETTINGS ?? "");
      const set = (SETTINGS: string) =>
        lambda.send(
          new UpdateFunctionConfigurationCommand({
            FunctionName,
            Environment: { Variables: { SETTINGS } },
          }),
        );
      const email = `${uniqueName()}@example.org`;
      const [owner, thief] = [uniqueName(), uniqueName()];
      await signUp("guarded", owner, { email });
      await set(JSON.stringify(unguarded));
      try {
        await signUp("guarded", thief, { email });
      } finally {
        await set(Environment?.Variables?.SETTINGS ?? "");
      }
      expect(await attributesOf("guarded", owner)).not.toMatchObject({ email_verified: "true" });
      const session = await signInTo(pools.guarded, email);
      expect(session.getIdToken().payload["cognito:username"]).toBe(thief);
    });

    it("finds the owner in whatever case the address is written, behind however many who claim it", async () => {
      const name = uniqueName();
      const [owner, thief] = [uniqueName(), uniqueName()];
      const email = `${name}@Example.org`;
      await signUp("guarded", owner, { email });
      expect(await attributesOf("guarded", owner)).toMatchObject({ email_verified: "true" });
      const claims = Array.from({ length: 61 }, () => signUp("guarded", uniqueName(), { email: email.toLowerCase() }));
      await Promise.all(claims);
      await signUp("guarded", thief, { email: email.toLowerCase() });
      expect(await attributesOf("guarded", thief)).not.toMatchObject({ email_verified: "true" });
      expect(await attributesOf("guarded", owner)).toMatchObject({ email_verified: "true" });
    });

    it("counts an address as held where it may not look", async () => {
      const email = `${uniqueName()}@example.org`;
      const attempt = () => failure(signUp("refusing", uniqueName(), { email }));
      const { role } = await functionOf("identity-local-refusing-pre-sign-up");
      const refused = await withoutRight(role, "cognito-idp:AdminGetUser", attempt);
      expect(refused.message).toContain("[address-taken]");
      await signUp("refusing", uniqueName(), { email });
    });

    it("refuses the sign-up where set so", async () => {
      const email = `${uniqueName()}@example.org`;
      await signUp("refusing", uniqueName(), { email });
      expect(await failure(signUp("refusing", uniqueName(), { email }))).toEqual({
        name: "UserLambdaValidationException",
        message: "PreSignUp failed with error This address or phone number cannot be used [address-taken].",
      });
    });
  });

  it("verifies a phone number where there is one", async () => {
    const name = uniqueName();
    await signUp("refusing", name, { phone_number: `+316${String(Date.now()).slice(-8)}` });
    expect(await attributesOf("refusing", name)).toMatchObject({ phone_number_verified: "true" });
  });

  it("wants a user name of five characters", async () => {
    expect(await failure(signUp("guarded", "rroe"))).toEqual({
      name: "UserLambdaValidationException",
      message: "PreSignUp failed with error Cannot register users with username less than the minimum length of 5.",
    });
  });

  it("holds administrators to the access settings where set so", async () => {
    const create = (email: string) =>
      cognito.send(
        new AdminCreateUserCommand({
          UserPoolId: pools.refusing.userPoolId,
          Username: uniqueName(),
          UserAttributes: [{ Name: "email", Value: email }],
          MessageAction: "SUPPRESS",
        }),
      );
    expect((await failure(create(`${uniqueName()}@example.com`))).name).toBe("UserLambdaValidationException");
    await create(`${uniqueName()}@example.org`);
  });

  it("confirms registered domains at once, asks others for a code, and refuses the rest", async () => {
    const confirmed = async (domain: string) => {
      const address = `${uniqueName()}@${domain}`;
      return (await signUp("registered", address, { email: address })).UserConfirmed;
    };
    expect(await confirmed("example.org")).toBe(true);
    expect(await confirmed("mail.example.net")).toBe(false);
    const elsewhere = `${uniqueName()}@example.info`;
    expect((await failure(signUp("registered", elsewhere, { email: elsewhere }))).message).toBe(
      "PreSignUp failed with error Users from this domain are not allowed to sign up [domain-not-allowed].",
    );
  });

  it("confirms with AWS's sample a user who claims the domain of their address", async () => {
    const confirmed = async (claim: string) => {
      const address = `${uniqueName()}@example.org`;
      return (await signUp("sample", address, { email: address, "custom:domain": claim })).UserConfirmed;
    };
    expect(await confirmed("example.org")).toBe(true);
    expect(await confirmed("example.net")).toBe(false);
  });

  it("change one pool, before anything is destroyed, when its only trigger is taken away", async () => {
    const output = await stack.deploy({ WITHOUT_SAMPLE: "true" });
    const modified = [...output.matchAll(/^(\S+): Modifying/gm)].map(([, address = ""]) => address);
    // A pool without a trigger shows its empty lambda_config in every plan.
    const withoutTrigger = /\.(staff|members|customers)_pool_/;
    expect(modified.filter((address) => !withoutTrigger.test(address))).toEqual([
      expect.stringMatching(/^aws_cognito_user_pool\.sample_pool_/),
    ]);
    const events = [...output.matchAll(/(aws_\w+)\.(\S+): (Modifications complete|Destroying)/g)];
    const [first, ...later] = [...new Set(events.map(([, type, , what]) => `${type}: ${what}`))];
    expect(first).toBe("aws_cognito_user_pool: Modifications complete");
    expect(later).toContain("aws_lambda_function: Destroying");
    const UserPoolId = pools.sample.userPoolId;
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool?.LambdaConfig ?? {}).toEqual({});
  });
});
