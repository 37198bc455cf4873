import {
  CognitoIdentityProviderClient,
  CognitoIdentityProviderServiceException,
} from "@aws-sdk/client-cognito-identity-provider";
import { run } from "../../tools/duplicates";
import { type Call, fakeSdk, printedBy } from "./fake-sdk";

const LOCAL = ["--environment", "local"];
const user = (Username: string, attributes: Record<string, string>, more: object = {}) => ({
  Username,
  UserStatus: "CONFIRMED",
  Enabled: true,
  UserCreateDate: new Date("2026-03-04T05:06:07Z"),
  Attributes: Object.entries({ sub: Username, ...attributes }).map(([Name, Value]) => ({ Name, Value })),
  ...more,
});

const { calls, answers } = fakeSdk(CognitoIdentityProviderClient);
beforeEach(() => {
  answers.ListUserPools = { UserPools: [{ Id: "p1", Name: "identity-local-verified" }] };
  answers.ListUsers = { Users: [] };
});

const duplicates = printedBy(run);

const ADA = [
  user("a1", { email: "Ada@Example.org", email_verified: "true" }),
  user("b1", { email: "ben@example.org", email_verified: "true" }),
  user(
    "google_1",
    {
      email: "ada@example.org",
      email_verified: "True",
      identities: '[{"providerName":"Google","userId":"1","primary":true}]',
    },
    {
      UserStatus: "EXTERNAL_PROVIDER",
    },
  ),
  user(
    "a2",
    { email: "ada@EXAMPLE.org.", identities: '[{"providerName":"Company","userId":"2"}]' },
    { Enabled: false },
  ),
  user("n1", {}),
];

it("shows the addresses that several profiles have, in any spelling, and how each person comes in", async () => {
  answers.ListUsers = () => ({ Users: ADA });
  const { code, out, err } = await duplicates(...LOCAL);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toBe(`identity-local-verified: looked at 5 profiles; 1 address in more than one.

ada@example.org
  a1  CONFIRMED  address verified  doors: password  since 2026-03-04
  google_1  EXTERNAL_PROVIDER  address verified  doors: Google_1  since 2026-03-04
  a2  CONFIRMED  address not verified  doors: password, Company_2  since 2026-03-04  disabled`);
});

it("prints JSON, one address a line", async () => {
  answers.ListUsers = () => ({ Users: ADA });
  const { out } = await duplicates(...LOCAL, "--json");
  const { pool, address, profiles } = JSON.parse(out);
  expect([pool, address]).toEqual(["identity-local-verified", "ada@example.org"]);
  expect(profiles[1]).toEqual({
    sub: "google_1",
    status: "EXTERNAL_PROVIDER",
    email: "ada@example.org",
    emailVerified: true,
    doors: ["Google_1"],
    madeByProvider: true,
    enabled: true,
    created: "2026-03-04T05:06:07.000Z",
  });
});

it("looks at every page, and changes nothing", async () => {
  const page = (email: string) => [user(`${email}1`, { email })];
  answers.ListUsers = ({ PaginationToken }: Call["input"]) =>
    PaginationToken === "2"
      ? { Users: page("ada@example.org") }
      : { Users: [...page("ada@example.org"), ...page("ben@example.org")], PaginationToken: "2" };
  const { out } = await duplicates(...LOCAL);
  expect(out).toContain("looked at 3 profiles; 1 address in more than one.");
  expect(calls.map(({ operation }) => operation)).toEqual(["ListUserPools", "ListUsers", "ListUsers"]);
});

it("keeps apart what mail providers treat differently, and says so where there are none", async () => {
  const addresses = ["ada@example.org", "a.da@example.org", "ada+x@example.org", "ada@mail.example.org"];
  answers.ListUsers = () => ({ Users: addresses.map((email) => user(email, { email })) });
  expect((await duplicates(...LOCAL)).out).toBe("identity-local-verified: looked at 4 profiles; no address is in two.");
  expect((await duplicates(...LOCAL, "--json")).out).toBe("");
});

it("looks at the pools of the environment alone, or at one of them", async () => {
  const pools = ["identity-local-verified", "identity-local-staff", "identity-dev-verified", "other"];
  answers.ListUserPools = () => ({ UserPools: pools.map((Name) => ({ Id: Name, Name })) });
  const lookedAt = () =>
    calls.filter(({ operation }) => operation === "ListUsers").map(({ input }) => input.UserPoolId);
  await duplicates(...LOCAL);
  expect(lookedAt()).toEqual(["identity-local-verified", "identity-local-staff"]);
  calls.length = 0;
  await duplicates(...LOCAL, "--pool", "staff");
  expect(lookedAt()).toEqual(["identity-local-staff"]);
});

describe("ends with one sentence", () => {
  const HELP = "; npm run duplicates -- --help says more.";
  it.each([
    [[], `--environment is missing: it must be one of local, dev, prod${HELP}`],
    [["--environment", "x"], `--environment is "x", but the environments are local, dev, prod${HELP}`],
    [[...LOCAL, "--all"], `Unknown option '--all'${HELP}`],
    [[...LOCAL, "verified"], expect.stringContaining("Unexpected argument 'verified'")],
    [[...LOCAL, "--pool", "staff"], `--pool is "staff", but the pools of local are verified${HELP}`],
  ])("for the arguments %j, and 2", async (args, err) => {
    expect(await duplicates(...args)).toEqual({ code: 2, out: "", err });
  });

  const refusal = (name: string) =>
    new CognitoIdentityProviderServiceException({ name, message: "no", $fault: "client", $metadata: {} });
  it.each<[string, Partial<typeof answers>, string]>([
    [
      "no pools",
      { ListUserPools: () => ({}) },
      "There are no pools of local: use credentials of account 000000000000, and deploy identity-local if you have not yet.",
    ],
    [
      "a refusal",
      { ListUsers: () => refusal("AccessDeniedException") },
      "Cognito refused with AccessDeniedException: no",
    ],
    [
      "no local cloud",
      { ListUserPools: () => Object.assign(new Error("x"), { code: "ECONNREFUSED" }) },
      "Nothing answers at http://127.0.0.1:4566 (ECONNREFUSED): start the local cloud with npm run local, or name its port in LOCAL_PORT.",
    ],
  ])("for %s, and 1", async (_, changed, err) => {
    Object.assign(answers, changed);
    expect(await duplicates(...LOCAL)).toEqual({ code: 1, out: "", err });
  });

  it("prints its help", async () => {
    const { code, out } = await duplicates("--help");
    expect([code, out]).toEqual([0, expect.stringContaining("npm run duplicates -- --environment <name>")]);
  });
});
