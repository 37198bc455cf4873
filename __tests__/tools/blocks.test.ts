import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, DynamoDBServiceException } from "@aws-sdk/client-dynamodb";
import { run } from "../../tools/blocks";

interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

const LOCAL = ["--environment", "local"];
const folder = mkdtempSync(join(tmpdir(), "blocks-"));

let calls: Call[];
let answers: Record<string, unknown>;

beforeEach(() => {
  calls = [];
  answers = { DescribeTable: tableOf("000000000000") };
  jest.spyOn(DynamoDBClient.prototype, "send").mockImplementation(async (command: unknown) => {
    const { input } = command as Call;
    const operation = (command as object).constructor.name.replace("Command", "");
    calls.push({ operation, input });
    const answer = answers[operation];
    if (answer instanceof Error) throw answer;
    return answer ?? {};
  });
});

afterEach(() => jest.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true }));

function tableOf(account: string) {
  return { Table: { TableArn: `arn:aws:dynamodb:eu-west-1:${account}:table/x` } };
}

function fileOf(text: string): string {
  const file = join(folder, "list.txt");
  writeFileSync(file, text);
  return file;
}

async function blocks(...args: string[]) {
  const out = jest.spyOn(console, "log").mockImplementation();
  const err = jest.spyOn(console, "error").mockImplementation();
  for (const spy of [out, err]) spy.mockClear();
  const code = await run(args);
  const text = (spy: jest.SpyInstance) => spy.mock.calls.map(([line]) => line).join("\n");
  return { code, out: text(out), err: text(err) };
}

describe("what is asked for wrongly ends with 2 and one sentence, before AWS is asked anything", () => {
  const HELP = "; npm run blocks -- --help says more.";

  it.each([
    [[], `The command is missing: it must be add, remove, list or import${HELP}`],
    [["block"], `The command is "block", but it must be add, remove, list or import${HELP}`],
    [["toString"], `The command is "toString", but it must be add, remove, list or import${HELP}`],
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
    [["remove", "rroe", ...LOCAL], 'entry is "rroe", but it must be user:<name, sub or address> or domain:<domain>.'],
  ])("%j", async (args, err) => {
    expect(await blocks(...args)).toEqual({ code: 2, out: "", err });
    expect(calls).toEqual([]);
  });

  it("a file that is not there", async () => {
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

describe("what AWS does not allow ends with 1 and one sentence, and nothing is written", () => {
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
    ["dev", Object.assign(new Error(), { code: "ENOTFOUND" }), "DynamoDB in eu-west-1 cannot be reached (ENOTFOUND)."],
  ])("%s: %s", async (environment, error, err) => {
    answers.DescribeTable = error;
    expect(await blocks("list", "--environment", environment)).toEqual({ code: 1, out: "", err });
  });

  it("an import says how far it came", async () => {
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

  it("writes the entry as the triggers look for it", async () => {
    const { code, out } = await blocks(...args);
    expect({ code, out }).toEqual({
      code: 0,
      out: "user:rroe is blocked in local until 2999-12-31T23:59:59Z.",
    });
    expect(calls.at(-1)).toEqual({
      operation: "PutItem",
      input: {
        TableName: "identity-local-block-list",
        Item: { entry: { S: "user:rroe" }, until: { N: "32503679999" }, reason: { S: "left" } },
        ReturnValues: "ALL_OLD",
      },
    });
  });

  it("says when it replaced one", async () => {
    answers.PutItem = { Attributes: { entry: { S: "user:rroe" } } };
    expect((await blocks(...args)).out).toMatch(", in place of what was there.");
    expect(JSON.parse((await blocks(...args, "--json")).out)).toEqual({
      entry: "user:rroe",
      until: "2999-12-31T23:59:59Z",
      reason: "left",
      replaced: true,
    });
  });
});

it.each([
  [{ Attributes: { entry: { S: "user:a" } } }, true, "user:a is no longer in the block list of local."],
  [{}, false, "user:a was not in the block list of local."],
])("remove says whether it was there: %j", async (answer, removed, out) => {
  answers.DeleteItem = answer;
  expect(await blocks("remove", "user:A", ...LOCAL)).toEqual({ code: 0, out, err: "" });
  const { out: json } = await blocks("remove", "user:A", ...LOCAL, "--json");
  expect(JSON.parse(json)).toEqual({ entry: "user:a", removed });
});

describe("list", () => {
  it("shows every page, in order, and marks what has run out", async () => {
    const pages = [
      {
        Items: [{ entry: { S: "user:b" }, until: { N: "1700000000" }, reason: { S: "left" } }],
        LastEvaluatedKey: {},
      },
      { Items: [{ entry: { S: "domain:example.com" } }] },
    ];
    Object.defineProperty(answers, "Scan", { get: () => pages.shift() });
    expect((await blocks("list", ...LOCAL)).out).toBe(
      ["domain:example.com  for ever", "user:b              until 2023-11-14T22:13:20Z, has run out  left"].join("\n"),
    );
  });

  it("is one object a line as JSON, which import takes", async () => {
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

  it("is a sentence when there is nothing, and no line as JSON", async () => {
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
  for (const command of ["add", "remove", "list", "import"]) expect(out).toContain(`-- ${command}`);
});
