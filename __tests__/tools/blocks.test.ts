import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CognitoIdentityProviderClient,
  CognitoIdentityProviderServiceException,
} from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient, DynamoDBServiceException } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { normalStored } from "../../tools/block-entries";
import { run } from "../../tools/blocks";
import { fakeSdk, printedBy } from "./fake-sdk";

const LOCAL = ["--environment", "local"];
const folder = mkdtempSync(join(tmpdir(), "blocks-"));

const { calls, answers } = fakeSdk(DynamoDBClient, CognitoIdentityProviderClient, LambdaClient);
beforeEach(() => {
  answers.DescribeTable = tableOf("000000000000");
});

afterAll(() => rmSync(folder, { recursive: true }));

function tableOf(account: string) {
  return { Table: { TableArn: `arn:aws:dynamodb:eu-west-1:${account}:table/x` } };
}

function fileOf(text: string): string {
  const file = join(folder, "list.txt");
  writeFileSync(file, text);
  return file;
}

const blocks = printedBy(run);

describe("wrong arguments or a wrong file end with 2 and one sentence, before any call to AWS", () => {
  const HELP = "; npm run blocks -- --help says more.";

  it.each([
    [[], `The command is missing: it must be add, remove, list, import or normalise${HELP}`],
    [["block"], `The command is "block", but it must be add, remove, list, import or normalise${HELP}`],
    [["toString"], `The command is "toString", but it must be add, remove, list, import or normalise${HELP}`],
    [["add", ...LOCAL], `add takes an entry, but got none${HELP}`],
    [["add", "user:a", "b", ...LOCAL], `add takes an entry, but got "user:a" "b"${HELP}`],
    [["list", "x", ...LOCAL], `list takes nothing else, but got "x"${HELP}`],
    [["import", ...LOCAL], `import takes a file, or - for the standard input, but got none${HELP}`],
    [["list"], `--environment is missing: it must be one of local, dev, prod${HELP}`],
    [["list", "--environment", "x"], `--environment is "x", but the environments are local, dev, prod${HELP}`],
    [["list", "--all", ...LOCAL], `Unknown option '--all'${HELP}`],
    [["add", "user:a", ...LOCAL, "--until"], `Option '--until <value>' argument missing${HELP}`],
    [["add", "user:a", ...LOCAL, "--until", ""], `--until is empty${HELP}`],
    [["remove", "user:a", ...LOCAL, "--reason", "x"], `--reason goes with add, not with remove${HELP}`],
    [["add", "user:a", ...LOCAL, "--until", "2020-01-01"], 'until is "2020-01-01", but it must be in the future.'],
    [
      ["remove", "rroe", ...LOCAL],
      'entry is "rroe", but it must be user:<name, sub, address or phone number> or domain:<domain>.',
    ],
    [["list", ...LOCAL, "--everybody"], `--everybody goes with add and remove, not with list${HELP}`],
    [
      ["add", "user:a", ...LOCAL, "--everybody", "--name-only"],
      `--name-only and --everybody exclude each other${HELP}`,
    ],
    [["import", "x", ...LOCAL, "--name-only"], `--name-only goes with add and remove, not with import${HELP}`],
  ])("%j", async (args, err) => {
    expect(await blocks(...args)).toEqual({ code: 2, out: "", err });
    expect(calls).toEqual([]);
  });

  it("a file that does not exist", async () => {
    const { code, err } = await blocks("import", join(folder, "none"), ...LOCAL);
    expect({ code, calls }).toEqual({ code: 2, calls: [] });
    expect(err).toMatch(/^The file cannot be read: ENOENT/);
  });

  it("a file with one wrong line among many", async () => {
    const { code, err } = await blocks("import", fileOf(`${"user:a\n".repeat(99)}user:`), ...LOCAL);
    expect({ code, calls }).toEqual({ code: 2, calls: [] });
    expect(err).toMatch(/^line 100: user is "", .*\nNothing was imported\.$/);
  });
});

describe("an error of AWS ends with 1 and one sentence, and nothing is written", () => {
  it("another account's credentials", async () => {
    answers.DescribeTable = tableOf("333333333333");
    expect(await blocks("add", "user:a", "--environment", "dev")).toEqual({
      code: 1,
      out: "",
      err: "The AWS credentials are of account 333333333333, but dev is account 111111111111: nothing was done.",
    });
    expect(calls.map(({ operation }) => operation)).toEqual(["DescribeTable"]);
  });

  const service = (name: string, message: string) =>
    new DynamoDBServiceException({ name, message, $fault: "client", $metadata: {} });

  it.each([
    [
      "local",
      service("ResourceNotFoundException", ""),
      "There is no table identity-local-block-list on the local cloud: deploy it with npm run local.",
    ],
    [
      "dev",
      service("ResourceNotFoundException", ""),
      "There is no table identity-dev-block-list in eu-west-1 of your credentials' account: use credentials of account 111111111111, and deploy identity-dev if you have not yet.",
    ],
    ["dev", service("AccessDeniedException", "not you"), "DynamoDB refused with AccessDeniedException: not you"],
    [
      "dev",
      Object.assign(new Error("none"), { name: "CredentialsProviderError" }),
      "dev needs AWS credentials of account 111111111111: none",
    ],
    [
      "local",
      Object.assign(new Error(), { code: "ECONNREFUSED" }),
      expect.stringMatching(/^Nothing answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\): start the local cloud/),
    ],
    ["dev", Object.assign(new Error(), { code: "ENOTFOUND" }), "AWS in eu-west-1 cannot be reached (ENOTFOUND)."],
  ])("%s: %s", async (environment, error, err) => {
    answers.DescribeTable = error;
    expect(await blocks("list", "--environment", environment)).toEqual({ code: 1, out: "", err });
  });

  it("an import prints how many entries it has written", async () => {
    answers.BatchWriteItem = service("AccessDeniedException", "not you");
    expect(await blocks("import", fileOf("user:a\nuser:b"), ...LOCAL)).toEqual({
      code: 1,
      out: "",
      err: "It stopped after 0 of 2 entries: run the same import again to finish it.\nDynamoDB refused with AccessDeniedException: not you",
    });
  });
});

describe("add", () => {
  const args = ["add", "user:RRoe", ...LOCAL, "--until", "2999-12-31", "--reason", "left"];

  it("writes the entry in the spelling that the triggers look for", async () => {
    const { code, out } = await blocks(...args);
    expect({ code, out }).toEqual({
      code: 0,
      out: "user:rroe is blocked in local until 2999-12-31T23:59:59Z.\nNobody of that name is in a pool that reads the block list: only the name is blocked.",
    });
    expect(calls[1]).toEqual({
      operation: "PutItem",
      input: {
        TableName: "identity-local-block-list",
        Item: { entry: { S: "user:rroe" }, until: { N: "32503679999" }, reason: { S: "left" } },
        ReturnValues: "ALL_OLD",
      },
    });
  });

  it("says that it replaced an entry", async () => {
    answers.PutItem = { Attributes: { entry: { S: "user:rroe" } } };
    expect((await blocks(...args)).out).toMatch(", in place of what was there.");
    expect(JSON.parse((await blocks(...args, "--json")).out)).toEqual({
      entry: "user:rroe",
      until: "2999-12-31T23:59:59Z",
      reason: "left",
      replaced: true,
      people: [],
    });
  });

  it("takes the place of what an earlier version wrote", async () => {
    answers.DeleteItem = ({ Key }: { Key: { entry: { S: string } } }) => ({ Attributes: Key });
    expect((await blocks("add", "user:Straße", ...LOCAL, "--name-only")).out).toBe(
      "user:strasse is blocked in local, in place of what was there.",
    );
    expect(calls.map(({ operation, input }) => [operation, input.Key])).toContainEqual([
      "DeleteItem",
      { entry: { S: "user:straße" } },
    ]);
  });
});

describe("the person who has a name", () => {
  const SUB = "0f8fad5b-d9cb-469f-a165-70867728950e";
  const settings = (table: string) => JSON.stringify({ access: { blockListTable: table } });
  const user = (sub: string) => ({ Username: sub, UserAttributes: [{ Name: "sub", Value: sub }] });
  const refused = (name: string) =>
    new CognitoIdentityProviderServiceException({ name, message: "not you", $fault: "client", $metadata: {} });
  const nobody = refused("UserNotFoundException");
  const done = () =>
    calls.filter(({ operation }) => /Put|Delete|SignOut/.test(operation)).map(({ operation }) => operation);
  const entries = () => calls.filter(({ operation }) => operation === "PutItem").map(({ input }) => input.Item);

  beforeEach(() => {
    answers.ListUserPools = {
      UserPools: ["local-a", "local-b", "local-2-c", "dev-d"].map((name) => ({ Id: name, Name: `identity-${name}` })),
    };
    answers.DescribeUserPool = ({ UserPoolId }: { UserPoolId: string }) => ({
      UserPool: UserPoolId === "local-b" ? {} : { LambdaConfig: { PreAuthentication: UserPoolId } },
    });
    answers.GetFunctionConfiguration = ({ FunctionName }: { FunctionName: string }) => ({
      Environment: {
        Variables: { SETTINGS: settings(`identity-local${FunctionName === "local-2-c" ? "-2" : ""}-block-list`) },
      },
    });
    answers.AdminGetUser = ({ UserPoolId, Username }: { UserPoolId: string; Username: string }) =>
      UserPoolId === "local-a" && Username === "ann@example.org" ? user(SUB) : nobody;
  });

  const add = (...more: string[]) => blocks("add", "user:Ann@example.org", ...LOCAL, ...more);

  it("is blocked by sub as well, for the same time and reason, and then signed out", async () => {
    const { code, out, err } = await add("--until", "2999-12-31", "--reason", "left");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n")).toEqual([
      "user:ann@example.org is blocked in local until 2999-12-31T23:59:59Z.",
      `identity-local-a: user:${SUB} is the person. It is blocked, and they are signed out everywhere.`,
    ]);
    const rest = { until: { N: "32503679999" }, reason: { S: "left" } };
    expect(entries()).toEqual([
      { entry: { S: "user:ann@example.org" }, ...rest },
      { entry: { S: `user:${SUB}` }, ...rest },
    ]);
    expect(calls.at(-1)).toEqual({
      operation: "AdminUserGlobalSignOut",
      input: { UserPoolId: "local-a", Username: SUB },
    });
  });

  it("is looked for in no pool without this list, and by every spelling", async () => {
    await add();
    const asked = calls.filter(({ operation }) => /AdminGetUser|ListUsers$/.test(operation));
    expect(new Set(asked.map(({ input }) => input.UserPoolId))).toEqual(new Set(["local-a"]));
    expect(asked.map(({ input }) => input.Username ?? input.Filter)).toEqual(
      expect.arrayContaining(["Ann@example.org", "ann@example.org", 'email = "Ann@example.org"']),
    );
  });

  it("is found in the profile, too, and everybody who has it", async () => {
    answers.AdminGetUser = nobody;
    answers.ListUsers = ({ Filter = "" }: { Filter?: string }) => ({
      Users: /^phone_number = "\+31612345678"$/.test(Filter)
        ? ["s1", "s2"].map((sub) => ({ Username: sub, Attributes: [{ Name: "sub", Value: sub }] }))
        : [],
    });
    const { out } = await blocks("add", "user:+31 6 12345678", ...LOCAL, "--json");
    expect(JSON.parse(out)).toEqual({
      entry: "user:+31612345678",
      replaced: false,
      people: ["s1", "s2"].map((sub) => ({
        ...{ pool: "identity-local-a", entry: `user:${sub}` },
        ...{ blocked: true, signedOut: true },
      })),
    });
    expect(done()).toEqual([
      ...["PutItem", "DeleteItem", "PutItem", "PutItem"],
      ...["AdminUserGlobalSignOut", "AdminUserGlobalSignOut"],
    ]);
  });

  describe("who wrote the name in another spelling", () => {
    const written = {
      email: { Name: "email", Value: "ＡＮＮ@Example.ORG" },
      identity: { Name: "identities", Value: '[{"providerName":"Google","userId":"Ann"}]' },
    };
    const profile = (attribute: object) => ({ Username: SUB, Attributes: [{ Name: "sub", Value: SUB }, attribute] });
    const everybody = (attribute: object) => {
      answers.AdminGetUser = nobody;
      answers.ListUsers = ({ Filter }: { Filter?: string }) => ({ Users: Filter ? [] : [profile(attribute)] });
    };
    const users = (EstimatedNumberOfUsers: number) => {
      answers.DescribeUserPool = { UserPool: { LambdaConfig: { PreAuthentication: "a" }, EstimatedNumberOfUsers } };
    };

    it.each([
      ["user:ann@example.org", written.email],
      ["user:Google_ann", written.identity],
    ])("is found by %s", async (entry, attribute) => {
      everybody(attribute);
      const { out } = await blocks("add", entry, ...LOCAL);
      expect(out).toContain(`identity-local-a: user:${SUB} is the person.`);
    });

    it("is let in again by remove", async () => {
      everybody(written.email);
      answers.DeleteItem = ({ Key }: { Key: object }) => ({ Attributes: Key });
      expect((await blocks("remove", "user:ann@example.org", ...LOCAL)).out).toContain(`user:${SUB}, the same person`);
    });

    it("is looked for in a large pool only where that is asked for, which the command says", async () => {
      everybody(written.email);
      users(6001);
      const { out, err } = await add();
      expect(out).toMatch("only the name is blocked");
      expect(err).toMatch("identity-local-a has about 6001 users");
      expect(await add("--everybody")).toMatchObject({ err: "", out: expect.stringContaining(`user:${SUB} is`) });
    });
  });

  it("is looked for by the beginning of a long name, because a filter has 256 characters at most", async () => {
    const long = `${"x".repeat(300)}@example.org`;
    answers.AdminGetUser = nobody;
    answers.ListUsers = ({ Filter = "" }: { Filter?: string }) => ({
      Users: Filter.startsWith("email")
        ? [long, `${long}.example`].map((Value, index) => ({
            Username: `s${index}`,
            Attributes: [
              { Name: "sub", Value: `s${index}` },
              { Name: "email", Value },
            ],
          }))
        : [],
    });
    const { out } = await blocks("add", `user:${long}`, ...LOCAL, "--json");
    expect(JSON.parse(out).people.map(({ entry }: { entry: string }) => entry)).toEqual(["user:s0"]);
    const filters = calls.map(({ input }) => String(input.Filter ?? ""));
    expect(Math.max(...filters.map(({ length }) => length))).toBeLessThanOrEqual(256);
  });

  it("keeps a longer block of the sub", async () => {
    answers.GetItem = { Item: { entry: { S: `user:${SUB}` } } };
    await add("--until", "2999-12-31");
    expect(entries()).toHaveLength(1);
    expect(done()).toEqual(["PutItem", "AdminUserGlobalSignOut"]);
  });

  it.each([
    ["add", "--name-only"],
    ["remove", "--name-only"],
  ])("is left alone by %s with %s", async (command, option) => {
    await blocks(command, "user:ann@example.org", ...LOCAL, option);
    expect(calls.map(({ operation }) => operation)).toHaveLength(2);
  });

  it("is nobody to a domain", async () => {
    await blocks("add", "domain:example.org", ...LOCAL);
    expect(calls.map(({ operation }) => operation)).toEqual(["DescribeTable", "PutItem"]);
  });

  it.each([
    [
      "ListUserPools",
      "user:ann@example.org is blocked in local, but nobody was looked for, and nobody is signed out: Cognito refused with AccessDeniedException: not you. Run it again to finish it.",
      ["PutItem"],
    ],
    [
      "GetItem",
      `user:ann@example.org is blocked in local, but user:${SUB}, the person in identity-local-a, is not: Cognito refused with AccessDeniedException: not you. Run it again to finish it.`,
      ["PutItem", "AdminUserGlobalSignOut"],
    ],
    [
      "AdminUserGlobalSignOut",
      `user:ann@example.org is blocked in local, but user:${SUB}, the person in identity-local-a, is not signed out: Cognito refused with AccessDeniedException: not you. Run it again to finish it.`,
      ["PutItem", "PutItem", "AdminUserGlobalSignOut"],
    ],
  ])("a failed %s ends with 1 and a sentence of what was done", async (operation, err, steps) => {
    answers[operation] = refused("AccessDeniedException");
    expect(await add()).toMatchObject({ code: 1, err });
    expect(done()).toEqual(steps);
  });

  it("does not stop the others where one of several cannot be signed out, and says which", async () => {
    answers.ListUsers = ({ Filter = "" }: { Filter?: string }) => ({
      Users: Filter.startsWith("email")
        ? ["s1", "s2"].map((sub) => ({ Username: sub, Attributes: [{ Name: "sub", Value: sub }] }))
        : [],
    });
    answers.AdminGetUser = nobody;
    answers.AdminUserGlobalSignOut = ({ Username }: { Username: string }) =>
      Username === "s1" ? refused("TooManyRequestsException") : {};
    const { code, out, err } = await add("--json");
    expect(code).toBe(1);
    expect(JSON.parse(out).people).toEqual([
      { pool: "identity-local-a", entry: "user:s1", blocked: true, signedOut: false },
      { pool: "identity-local-a", entry: "user:s2", blocked: true, signedOut: true },
    ]);
    expect(err).toBe(
      "user:ann@example.org is blocked in local, but user:s1, the person in identity-local-a, is not signed out: Cognito refused with TooManyRequestsException: not you. Run it again to finish it.",
    );
  });

  it("is let in again by remove, which says so", async () => {
    answers.DeleteItem = ({ Key }: { Key: object }) => ({ Attributes: Key });
    const remove = (...more: string[]) => blocks("remove", "user:ann@example.org", ...LOCAL, ...more);
    expect((await remove()).out.split("\n")).toEqual([
      "user:ann@example.org is no longer in the block list of local.",
      `identity-local-a: user:${SUB}, the same person, was there too and is removed.`,
    ]);
    expect(JSON.parse((await remove("--json")).out)).toEqual({
      entry: "user:ann@example.org",
      removed: true,
      people: [{ pool: "identity-local-a", entry: `user:${SUB}`, removed: true }],
    });
  });

  it("stays blocked by remove for as long as their sub is blocked for something else, which it says", async () => {
    answers.DeleteItem = ({ Key }: { Key: object }) => ({ Attributes: { ...Key, until: { N: "32503679999" } } });
    answers.GetItem = { Item: { entry: { S: `user:${SUB}` } } };
    const remove = (...more: string[]) => blocks("remove", "user:ann@example.org", ...LOCAL, ...more);
    expect((await remove()).out).toContain(`user:${SUB}, the same person, is blocked for longer, and stays`);
    expect(calls.filter(({ operation }) => operation === "DeleteItem").map(({ input }) => input.Key)).toEqual([
      { entry: { S: "user:ann@example.org" } },
    ]);
    expect(JSON.parse((await remove("--json")).out).people).toMatchObject([{ removed: false }]);
  });
});

describe("normalise", () => {
  /** The table, kept as DynamoDB keeps it; conditions are not looked at, but by `changes`. */
  let items: Map<string, { entry: { S: string }; until?: { N: string }; reason?: { S: string } }>;
  const table = () => Object.fromEntries([...items].map(([entry, { until }]) => [entry, until?.N ?? "for ever"]));
  const unmet = Object.assign(new Error(), { name: "ConditionalCheckFailedException" });

  beforeEach(() => {
    const block = (entry: string, until?: string) =>
      [entry, { entry: { S: entry }, ...(until && { until: { N: until } }) }] as const;
    items = new Map([
      block("user:rroe"),
      block("user:straße", "32503679999"),
      block("user:zoe\u0308"),
      block("user:zoë", "32503679999"),
      block("user:strasse", "32503679998"),
      block("user:jörg@bücher.example"),
      block("domain:example.com"),
      block("other:thing"),
    ]);
    answers.Scan = () => ({ Items: [...items.values()] });
    answers.GetItem = ({ Key }: { Key: { entry: { S: string } } }) => ({ Item: items.get(Key.entry.S) });
    answers.PutItem = ({ Item }: { Item: { entry: { S: string } } }) => void items.set(Item.entry.S, Item);
    answers.DeleteItem = ({ Key }: { Key: { entry: { S: string } } }) => void items.delete(Key.entry.S);
  });

  const NORMAL = {
    "user:rroe": "for ever",
    "user:strasse": "32503679999",
    "user:zoë": "for ever",
    "user:jörg@xn--bcher-kva.example": "for ever",
    "domain:example.com": "for ever",
    "other:thing": "for ever",
  };

  it("rewrites every entry in another spelling, keeps the longer block of two, and says so", async () => {
    expect(await blocks("normalise", ...LOCAL)).toEqual({
      code: 0,
      out: "3 of 8 entries of local had another spelling and are rewritten. 2 of them became the same as another entry: the longer block stays.",
      err: "",
    });
    expect(table()).toEqual(NORMAL);
  });

  it("changes nothing the second time", async () => {
    await blocks("normalise", ...LOCAL);
    expect(JSON.parse((await blocks("normalise", ...LOCAL, "--json")).out)).toEqual({
      entries: 6,
      changed: 0,
      merged: 0,
    });
  });

  it("loses no block wherever it is killed", async () => {
    const kill = new Error("killed");
    const { PutItem, DeleteItem } = answers as Record<string, (input: object) => unknown>;
    const ends = (until = "Infinity") => Number(until.replace("for ever", "Infinity"));
    const before = table();
    for (let left = 0; left < 8; left++) {
      let writes = left;
      const limited = (write?: (input: object) => unknown) => (input: object) => (writes-- > 0 ? write?.(input) : kill);
      Object.assign(answers, { PutItem: limited(PutItem), DeleteItem: limited(DeleteItem) });
      await blocks("normalise", ...LOCAL);
      for (const [entry, until] of Object.entries(before)) {
        const now = [table()[entry], table()[normalStored(entry)]].filter((found) => found !== undefined);
        expect(Math.max(...now.map(ends))).toBeGreaterThanOrEqual(ends(until));
      }
    }
    expect(table()).toEqual(NORMAL);
  });

  it("does not overwrite what somebody else writes meanwhile", async () => {
    answers.PutItem = unmet;
    expect(await blocks("normalise", ...LOCAL)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Somebody else changed user:\S+ meanwhile: run it again\.$/),
    });
    expect(items.size).toBe(8);
  });
});

it.each([
  [{ Attributes: { entry: { S: "user:a" } } }, true, "user:a is no longer in the block list of local."],
  [{}, false, "user:a was not in the block list of local."],
])("remove says whether it was there: %j", async (answer, removed, out) => {
  answers.DeleteItem = answer;
  expect(await blocks("remove", "user:A", ...LOCAL)).toEqual({ code: 0, out, err: "" });
  const { out: json } = await blocks("remove", "user:A", ...LOCAL, "--json");
  expect(JSON.parse(json)).toEqual({ entry: "user:a", removed, people: [] });
});

describe("list", () => {
  it("shows the entries of every page, in order, and marks expired ones", async () => {
    const pages = [
      {
        Items: [{ entry: { S: "user:b" }, until: { N: "1700000000" }, reason: { S: "left" } }],
        LastEvaluatedKey: {},
      },
      { Items: [{ entry: { S: "domain:example.com" } }] },
    ];
    answers.Scan = () => pages.shift();
    expect((await blocks("list", ...LOCAL)).out).toBe(
      ["domain:example.com  for ever", "user:b              until 2023-11-14T22:13:20Z, has run out  left"].join("\n"),
    );
  });

  it("prints one JSON object on each line, which import can read", async () => {
    answers.Scan = {
      Items: [{ entry: { S: "user:b" }, until: { N: "1700000000" } }, { entry: { S: "user:a" } }],
    };
    const { out } = await blocks("list", ...LOCAL, "--json");
    expect(out.split("\n").map((line) => JSON.parse(line))).toEqual([
      { entry: "user:a" },
      { entry: "user:b", until: "2023-11-14T22:13:20Z", expired: true },
    ]);
    expect((await blocks("import", fileOf(out), ...LOCAL)).code).toBe(0);
  });

  it("prints a sentence for an empty list, and nothing as JSON", async () => {
    expect((await blocks("list", ...LOCAL)).out).toBe("The block list of local is empty.");
    expect((await blocks("list", ...LOCAL, "--json")).out).toBe("");
  });
});

it("import writes every entry and says how many", async () => {
  const file = fileOf("user:a\nuser:A\ndomain:example.com\n");
  expect(await blocks("import", file, ...LOCAL)).toEqual({
    code: 0,
    out: "3 lines: 2 entries are written to the block list of local.",
    err: "",
  });
  expect(calls.map(({ operation }) => operation)).toEqual(["DescribeTable", "BatchWriteItem"]);
});

it("help names every command", async () => {
  const { code, out } = await blocks("--help");
  expect(code).toBe(0);
  for (const command of ["add", "remove", "list", "import", "normalise"]) expect(out).toContain(`-- ${command}`);
});
