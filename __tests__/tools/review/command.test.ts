import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../tools/review";
import { unknownSlots } from "../../../tools/review/live-pools";
import { planText } from "./planned";

const folder = mkdtempSync(join(tmpdir(), "review-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const POOL = { type: "aws_cognito_user_pool", before: { id: "p", tags_all: { environment: "dev" } } };
const HURTS = planText([{ ...POOL, after: null }]);
const HARMLESS = planText([{ ...POOL, after: { ...POOL.before, name: "other" } }]);
const NOTHING = planText([]);

/** Runs `npm run review` with a plan, and returns what it prints. */
async function reviewed(plan: string | Buffer, ...args: string[]) {
  const file = join(folder, "plan.json");
  writeFileSync(file, plan);
  return ran("--plan", file, ...args);
}

async function ran(...args: string[]) {
  const printed = { out: "", error: "" };
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed.out += text;
    return true;
  });
  jest.spyOn(console, "log").mockImplementation((text) => {
    printed.out += text;
  });
  jest.spyOn(console, "error").mockImplementation((text) => {
    printed.error += text;
  });
  const code = await run(args).finally(() => jest.restoreAllMocks());
  return { code, ...printed };
}

it("writes both forms of one review", async () => {
  const file = join(folder, "review.json");
  const { code, out } = await reviewed(HURTS, "--json", file);
  expect(code).toBe(3);
  expect(out).toMatch(/^<!-- review:/);
  expect(readFileSync(file, "utf8")).toBe((await reviewed(HURTS, "--format", "json")).out);
  const { code: refused, error } = await reviewed(HURTS, "--json", join(folder, "none", "review.json"));
  expect([refused, error]).toEqual([1, expect.stringMatching(/review\.json cannot be written: ENOENT\./)]);
});

describe("the exit code", () => {
  it("is 0 where nothing hurts, and the comment is empty where nothing changes", async () => {
    expect(await reviewed(NOTHING)).toEqual({ code: 0, out: "", error: "" });
    expect(await reviewed(HARMLESS)).toMatchObject({ code: 0, error: "" });
  });

  it("is 3 where something hurts", async () => {
    expect((await reviewed(HURTS)).code).toBe(3);
  });

  it("is 0 where all that hurts is allowed, and 3 where only a part is", async () => {
    expect((await reviewed(HURTS, "--allow", "pool-removed=it is empty")).code).toBe(0);
    expect((await reviewed(HURTS, "--allow", "client-removed=it is unused")).code).toBe(3);
  });

  it("is 1 where it could not be found out, with a comment that says so", async () => {
    const { code, out, error } = await reviewed("{");
    expect(code).toBe(1);
    expect(error).toMatch(/plan\.json is not JSON, or is cut off\./);
    expect(out).toMatch(/^<!-- review:plan -->\n### This plan: the review failed/);
    expect((await reviewed("{", "--format", "json")).out).toBe("");
    expect((await ran("--plan", join(folder, "none.json"))).error).toMatch(/none\.json cannot be read: ENOENT\./);
    expect((await ran("--plan", folder)).error).toMatch(/cannot be read: EISDIR\./);
  });
});

it("prints the review as JSON", async () => {
  const { out } = await reviewed(HURTS, "--format", "json", "--allow", "pool-removed=a=b");
  expect(JSON.parse(out)).toEqual({
    environment: "dev",
    changes: { create: 0, update: 0, replace: 0, delete: 1 },
    findings: [
      {
        rule: "pool-removed",
        address: "aws_cognito_user_pool.it",
        people: null,
        text: 'Removes the pool "it" with people (number unknown): their accounts are gone for good.',
        allowed: "a=b",
      },
    ],
  });
});

it("reads a file in UTF-16, as PowerShell writes it", async () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(HURTS, "utf16le")]);
  expect((await reviewed(bytes)).code).toBe(3);
});

it.each([
  [[], "Nothing to review: give --environment <name> or --plan <file>"],
  [["--plan", "a", "--format", "xml"], '--format is "xml", but it must be markdown or json'],
  [["--plan", "a", "--base", "b"], "--base goes with --environment, not with --plan"],
  [["--plan", ""], "--plan is empty"],
  [["--plan", "a", "--allow", "nothing=because"], '--allow names the rule "nothing", but the rules are pool-removed, '],
  [["--plan", "a", "--allow", "pool-removed"], "--allow pool-removed has no reason"],
  [["--plan", "a", "--allow", "pool-removed= "], "--allow pool-removed has no reason"],
  [["--environment", "nowhere"], '--environment is "nowhere", but the environments are local, dev, prod.'],
  [["--unknown"], "Unknown option '--unknown'; npm run review -- --help says more."],
])("refuses the arguments %j in one sentence", async (args, sentence) => {
  const { code, error } = await ran(...args);
  expect(code).toBe(1);
  expect(error).toContain(sentence);
});

it("prints its help", async () => {
  expect(await ran("--help")).toMatchObject({ code: 0, error: "" });
});

it("knows every slot that the provider sends, and no other", () => {
  const known = { PreSignUp: "arn", KMSKeyID: "arn", CustomSMSSender: { LambdaArn: "arn", LambdaVersion: "V1_0" } };
  expect(unknownSlots({ ...known, InboundFederation: { LambdaArn: "arn" } })).toEqual(["InboundFederation"]);
  expect(unknownSlots(undefined)).toEqual([]);
});
