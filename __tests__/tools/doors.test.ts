import { CognitoIdentityProviderClient, NotAuthorizedException } from "@aws-sdk/client-cognito-identity-provider";
import { run } from "../../tools/doors";
import { type Call, fakeSdk, printedBy } from "./fake-sdk";

const LOCAL = ["--environment", "local"];
const { calls, answers } = fakeSdk(CognitoIdentityProviderClient);

const person = (sub: string, email: string, identities: object[] = [], UserStatus = "CONFIRMED") => ({
  Username: sub,
  UserStatus,
  Attributes: Object.entries({
    sub,
    email,
    email_verified: "True",
    ...(identities.length && { identities: JSON.stringify(identities) }),
  }).map(([Name, Value]) => ({ Name, Value })),
});
const linked = { userId: "ada_1", providerName: "Stranger", primary: false };
const ada = person("5f1c", "ada@example.org", [linked, { userId: "1", providerName: "Google", primary: "false" }]);
const apart = person("7b3e", "Ada@Example.org", [{ ...linked, userId: "2", primary: true }], "EXTERNAL_PROVIDER");
let users: (typeof ada)[];

beforeEach(() => {
  users = [ada];
  Object.assign(answers, {
    ListUserPools: () => ({
      UserPools: [
        { Id: "eu-west-1_a", Name: "identity-local-verified" },
        { Id: "eu-west-1_b", Name: "identity-dev-verified" },
        { Id: "eu-west-1_c", Name: "another-local-verified" },
      ],
    }),
    ListUsers: ({ Filter }: Call["input"]) => ({
      Users: users.filter(
        ({ Attributes }) => !Filter || Attributes.some(({ Value }) => Filter === `email = "${Value}"`),
      ),
    }),
    AdminGetUser: ({ Username }: Call["input"]) => {
      const found = users.find((user) => user.Username === Username);
      if (!found) throw Object.assign(new Error("none"), { name: "UserNotFoundException" });
      return { ...found, UserAttributes: found.Attributes };
    },
  });
});

const doors = printedBy(run);
const changes = () => calls.filter(({ operation }) => !/^(List|AdminGet)/.test(operation));

describe("list", () => {
  it("shows each profile with its doors, of this environment's pools alone", async () => {
    users = [ada, apart];
    expect(await doors("list", "ada@example.org", ...LOCAL)).toEqual({
      code: 0,
      err: "",
      out: "  identity-local-verified  5f1c  CONFIRMED  address verified  doors: password, Stranger_ada_1, Google_1",
    });
    expect((await doors("list", "7b3e", "--json", ...LOCAL)).out).toBe(
      '{"pool":"identity-local-verified","sub":"7b3e","status":"EXTERNAL_PROVIDER","email":"Ada@Example.org","emailVerified":true,"doors":["Stranger_2"],"madeByProvider":true}',
    );
    expect(new Set(calls.map(({ input }) => input.UserPoolId).filter(Boolean))).toEqual(new Set(["eu-west-1_a"]));
    expect(changes()).toEqual([]);
  });

  it("says that there is nobody", async () => {
    expect((await doors("list", "nobody", ...LOCAL)).out).toBe("Nobody of that name is in a pool of local.");
  });
});

describe("unlink", () => {
  it("takes the door away, and signs the person out", async () => {
    const { code, out } = await doors("unlink", "5f1c", "Stranger_ada_1", ...LOCAL);
    expect([code, out]).toEqual([
      0,
      "identity-local-verified: Stranger_ada_1 is taken from 5f1c, whose tokens end. A browser stays signed in at the hosted pages for an hour at most.",
    ]);
    expect(changes()).toEqual([
      {
        operation: "AdminDisableProviderForUser",
        input: {
          UserPoolId: "eu-west-1_a",
          User: {
            ProviderName: "Stranger",
            ProviderAttributeName: "Cognito_Subject",
            ProviderAttributeValue: "ada_1",
          },
        },
      },
      { operation: "AdminUserGlobalSignOut", input: { UserPoolId: "eu-west-1_a", Username: "5f1c" } },
    ]);
  });

  it.each([
    ["of nobody", ["nobody", "Google_1"], "Nobody of that name is in a pool of this environment."],
    [
      "that the person does not have",
      ["5f1c", "Google_2"],
      'The door is "Google_2", but the person\'s doors at providers are: Stranger_ada_1, Google_1.',
    ],
    [
      "that has made the profile",
      ["7b3e", "Stranger_2"],
      "Stranger_2 has made this profile, so without it nobody could sign in: to keep the person out, use npm run blocks.",
    ],
  ])("refuses a door %s", async (_, operands, sentence) => {
    users = [ada, apart];
    expect(await doors("unlink", ...operands, ...LOCAL)).toEqual({ code: 2, out: "", err: sentence });
    expect(changes()).toEqual([]);
  });

  it("refuses a name of several profiles", async () => {
    users = [ada, person("7b3e", "ada@example.org", [linked])];
    const { code, err } = await doors("unlink", "ada@example.org", "Stranger_ada_1", ...LOCAL);
    expect([code, err]).toEqual([2, "2 profiles have that name: name one of them by its sub, as list shows it."]);
    expect(changes()).toEqual([]);
  });
});

it("says in one sentence that AWS refused", async () => {
  answers.ListUserPools = () => {
    throw new NotAuthorizedException({ message: "not you", $metadata: {} });
  };
  expect(await doors("list", "ada", ...LOCAL)).toEqual({
    code: 1,
    out: "",
    err: "Cognito refused with NotAuthorizedException: not you",
  });
});

it.each([
  [[], "The command is missing: it must be list or unlink"],
  [["open"], 'The command is "open", but it must be list or unlink'],
  [["list", ...LOCAL], "list takes a name, but got none"],
  [["unlink", "ada", ...LOCAL], 'unlink takes a name and a door, but got "ada"'],
  [["list", "ada"], "--environment is missing: it must be one of local, dev, prod"],
  [["list", "ada", "--wrong"], "Unknown option '--wrong'"],
])("%j is refused: %s", async (args, sentence) => {
  expect(await doors(...args)).toEqual({ code: 2, out: "", err: `${sentence}; npm run doors -- --help says more.` });
  expect(calls).toEqual([]);
});

it("prints its help", async () => {
  expect(await doors("--help")).toMatchObject({ code: 0, out: expect.stringContaining("npm run doors -- unlink") });
});
