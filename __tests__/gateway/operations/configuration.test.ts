import type { ReceivedRequest } from "../../../gateway/http/body";
import { serveConfiguration } from "../../../gateway/operations/configuration";
import { numberOfUsers } from "../../../gateway/users/user-store";
import { type FakeCloud, fakeCloud } from "../fake-cloud";
import { fakeContext } from "../fake-context";
import { POOL_ID } from "../srp-client";

const signedFor = (region: string, input: object) =>
  ({
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/cognito-idp/aws4_request, Signature=0`,
    },
    body: Buffer.from(JSON.stringify(input)),
  }) as ReceivedRequest;

it("refuses a pool in another Region when it is made", async () => {
  const made = serveConfiguration(fakeContext({}), "CreateUserPool", signedFor("us-east-1", { PoolName: "p" }));
  await expect(made).rejects.toThrow(
    "User pools of this local cloud are in the Region eu-west-1: make this one there, not in us-east-1.",
  );
});

describe("the users of a pool", () => {
  let cloud: FakeCloud;
  beforeEach(async () => {
    cloud = await fakeCloud({});
  });
  afterEach(() => cloud.close());

  it("are counted as they come and go", async () => {
    const number = () => numberOfUsers(cloud.store, POOL_ID);
    expect(number()).toBe(0);
    await Promise.all(["a", "b", "c"].map((name) => cloud.addUser(name)));
    await expect(cloud.addUser("a")).rejects.toThrow("User already exists");
    expect(number()).toBe(3);
    await cloud.call("AdminDeleteUser", { Username: "b" });
    expect(number()).toBe(2);
  });

  it("are found by their sub where an operation names a user, as on AWS", async () => {
    await cloud.addUser("jo", { email: "jo@example.org", email_verified: "true" });
    const { UserAttributes = [] } = await cloud.call("AdminGetUser", { Username: "jo" });
    const sub = UserAttributes.find(({ Name }) => Name === "sub")?.Value;
    expect(await cloud.call("AdminGetUser", { Username: sub })).toMatchObject({ Username: "jo" });
    await cloud.call("AdminUpdateUserAttributes", { Username: sub, UserAttributes: [{ Name: "name", Value: "Jo" }] });
    await cloud.call("AdminUserGlobalSignOut", { Username: sub });
    await cloud.call("ForgotPassword", { Username: sub });
    const ConfirmationCode = cloud.code();
    await cloud.call("ConfirmForgotPassword", { Username: sub, ConfirmationCode, Password: "Another horse 1" });
    // A sign-in takes no sub: AWS does not name it there.
    const AuthParameters = { USERNAME: sub, PASSWORD: "Another horse 1" };
    const signIn = cloud.call("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    await expect(signIn).rejects.toThrow("User does not exist.");
    await cloud.call("AdminDeleteUser", { Username: sub });
    await expect(cloud.call("AdminGetUser", { Username: sub })).rejects.toThrow("User does not exist.");
  });
});
