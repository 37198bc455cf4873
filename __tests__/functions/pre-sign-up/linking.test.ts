import { type PreSignUpSettings, settingsSchema } from "../../../functions/pre-sign-up/settings";
import { handler } from "../../../functions/pre-sign-up/with-linking";
import { fakeAws } from "../fake-aws";
import { Failure } from "../fake-services";
import { call, captureLog, cognitoEvent } from "../handlers";

// What goes wrong with real people is in __tests__/gateway/federation/linking.test.ts. Here is what the gateway cannot do.

const log = captureLog();
const aws = fakeAws();
const email = "jo@example.org";
const linking = { trust: { google: "every-address" }, otherwise: "refuse" } as const;
const settings = (more: PreSignUpSettings = {}, signIn = "email") => ({
  ...settingsSchema().parse({ linking, ...more }),
  signIn,
});
const arrives = (triggerSource = "PreSignUp_ExternalProvider") =>
  cognitoEvent({ triggerSource, userName: "google_123", userAttributes: { email, email_verified: "true" } });
const arrive = (more?: PreSignUpSettings, signIn?: string) => call(handler, settings(more, signIn), arrives());

const list = (attributes: object) => Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
interface Somebody {
  readonly Username?: string;
  readonly Enabled?: boolean;
  readonly UserStatus?: string;
  readonly attributes?: object;
  readonly UserMFASettingList?: readonly string[];
}
const somebody = ({ attributes, ...more }: Somebody = {}) => ({
  Username: "5f1c",
  Enabled: true,
  UserStatus: "CONFIRMED",
  Attributes: list({ sub: "5f1c", email, email_verified: "true", ...attributes }),
  ...more,
});
/** Who signs in with the address, and whom ListUsers finds. */
function people(owner: ReturnType<typeof somebody> | undefined, listed = owner ? [owner] : [], more = {}): void {
  aws.serve("AdminGetUser", async () => {
    if (!owner) throw new Failure("UserNotFoundException");
    const { Attributes: UserAttributes, ...user } = owner;
    return { ...user, UserAttributes };
  });
  aws.serve("ListUsers", async () => ({ Users: listed, ...more }));
}
const links = () => aws.calls("AdminLinkProviderForUser").map(({ input }) => input);
const REFUSED = "You cannot sign in here this way: use the way that you used before [provider-refused]";

it("links the one who has the address", async () => {
  people(somebody());
  await arrive();
  expect(links()).toEqual([
    {
      UserPoolId: "eu-west-1_Example",
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "5f1c" },
      SourceUser: {
        ProviderName: "Google",
        ProviderAttributeName: "Cognito_Subject",
        ProviderAttributeValue: "123",
      },
    },
  ]);
  expect(aws.calls("AdminCreateUser")).toEqual([]);
  expect(aws.calls("AdminSetUserPassword")).toEqual([]);
  expect(log.lines()).toContain('{"linking":"linked"}');
  expect(log.lines()).not.toMatch(/jo@|5f1c|123/);
});

const identity = (primary: unknown, providerName = "Google") =>
  JSON.stringify([{ userId: "9", providerName, primary }]);

it.each<[string, Somebody]>([
  ["is linked to somebody already", { attributes: { identities: identity(false) } }],
  ["has identities as texts", { attributes: { identities: identity("false") } }],
  [
    "is linked, and AWS shows the provider's status",
    { UserStatus: "EXTERNAL_PROVIDER", attributes: { identities: identity(false) } },
  ],
  ["must reset the password", { UserStatus: "RESET_REQUIRED" }],
  ["has the flag in capitals", { attributes: { email_verified: "True" } }],
  ["has the address in capitals", { attributes: { email: "Jo@Example.ORG" } }],
])("links somebody who %s", async (_, person) => {
  people(somebody(person));
  await arrive();
  expect(links()).toHaveLength(1);
});

it.each<[string, Somebody]>([
  ["has a second factor, which no provider asks for", { UserMFASettingList: ["SOFTWARE_TOKEN_MFA"] }],
  ["was made by a provider", { attributes: { identities: identity(true) } }],
  ["was made by a provider, as a text", { attributes: { identities: identity("true") } }],
  ["was made by a provider that was taken away", { UserStatus: "EXTERNAL_PROVIDER" }],
  ["has identities that cannot be read", { UserStatus: "EXTERNAL_PROVIDER", attributes: { identities: "?" } }],
  [
    "has the address from a provider that is not trusted for it, as any later sign-in writes it",
    { attributes: { identities: identity(false, "Other") } },
  ],
  ["has not confirmed", { UserStatus: "UNCONFIRMED" }],
  ["was archived", { UserStatus: "ARCHIVED" }],
  ["has a status that AWS may add", { UserStatus: "SOMETHING_NEW" }],
])("links nobody who %s", async (_, person) => {
  people(somebody(person));
  await expect(arrive()).rejects.toThrow(REFUSED);
  expect(links()).toEqual([]);
  expect(aws.calls("AdminCreateUser")).toEqual([]);
});

it("links nobody where two have the address, or too many", async () => {
  people(somebody(), [somebody(), somebody({ Username: "6a2d" })]);
  await expect(arrive()).rejects.toThrow(REFUSED);
  people(somebody(), [somebody()], { PaginationToken: "more" });
  await expect(arrive()).rejects.toThrow(REFUSED);
  expect(aws.calls("ListUsers").map(({ input }) => input.PaginationToken)).toContain("more");
  expect(links()).toEqual([]);
});

it("does not count somebody with another address, whoever answers so", async () => {
  people(somebody({ attributes: { email: "other@example.org" } }));
  await expect(arrive()).rejects.toThrow(REFUSED);
  expect(links()).toEqual([]);
});

it("refuses somebody who is disabled, whatever else is set", async () => {
  people(somebody({ Enabled: false }));
  const otherwise = { linking: { ...linking, otherwise: "separate" as const } };
  await expect(arrive(otherwise)).rejects.toThrow("This user is no longer allowed to log in [user-blocked]");
});

it.each([
  ["email", email],
  ["username-or-alias", expect.stringMatching(/^[\da-f-]{36}$/)],
])("makes a newcomer's profile where people sign in with %s", async (signIn, Username) => {
  people(undefined);
  aws.serve("AdminCreateUser", async () => {
    people(somebody({ UserStatus: "FORCE_CHANGE_PASSWORD" }));
    return {};
  });
  await arrive({}, signIn);
  expect(aws.calls("AdminCreateUser").map(({ input }) => input)).toEqual([
    {
      UserPoolId: "eu-west-1_Example",
      Username,
      UserAttributes: list({ email, email_verified: "true" }),
      MessageAction: "SUPPRESS",
    },
  ]);
  const [{ input } = { input: {} }] = aws.calls("AdminSetUserPassword");
  expect(input).toMatchObject({ Username: "5f1c", Permanent: true });
  // Of every kind of character, and as long as the longest that a pool can ask for.
  expect(input.Password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*-).{99,256}$/);
  expect(log.lines()).not.toContain(input.Password);
  expect(links()).toHaveLength(1);
});

it.each(["PreSignUp_AdminCreateUser", "PreSignUp_Later", undefined])("does nothing for %s", async (triggerSource) => {
  await call(handler, settings(), { ...arrives(), triggerSource });
  expect(aws.calls()).toEqual([]);
});

it("does nothing for people whom an administrator makes", async () => {
  await call(
    handler,
    { ...settingsSchema().parse({ linking: {} }), signIn: "email" },
    arrives("PreSignUp_AdminCreateUser"),
  );
  expect(aws.calls()).toEqual([]);
});

it("looks nobody up at a sign-up whose address no provider is trusted for", async () => {
  const byDefault = { ...settingsSchema().parse({ linking: {} }), signIn: "email" };
  await call(handler, byDefault, { ...arrives("PreSignUp_SignUp"), userName: "jo" });
  expect(aws.calls()).toEqual([]);
});

it.each(["Google_123", "google_", "SignInWithApple_1", "loginwithamazon_2", "Facebook_3", "company_jo"])(
  "refuses the user name %s, which somebody from a provider would get",
  async (userName) => {
    const providers = ["Google", "SignInWithApple", "LoginWithAmazon", "Facebook", "Company"];
    const own = { ...settings({}, "username-or-alias"), providers };
    const refused = call(handler, own, { ...arrives("PreSignUp_SignUp"), userName });
    await expect(refused).rejects.toThrow("This user name is not allowed: choose another one [username-refused]");
  },
);

it("asks no length of a user name that nobody chose", async () => {
  people(somebody());
  await call(handler, { ...settings(), minimumUserNameLength: 36 }, arrives());
  expect(links()).toHaveLength(1);
});

it("does not keep an owner out by a disabled profile that a provider made which is not trusted", async () => {
  const made = somebody({ Username: "other_9", Enabled: false, attributes: { identities: identity(true, "Other") } });
  people(undefined, [made]);
  await call(handler, { ...settings(), linking: { ...settings().linking, otherwise: "separate" } }, arrives());
  expect(links()).toEqual([]);
  await expect(arrive()).rejects.toThrow(REFUSED);
});
