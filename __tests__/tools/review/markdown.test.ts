import { toMarkdown } from "../../../tools/review/markdown";
import { readPlan } from "../../../tools/review/plan";
import { type ReviewOptions, review, toJson } from "../../../tools/review/review";
import { keptPlan } from "../../fixtures/kept-plans";
import { type Planned, planText } from "./planned";

const reviewed = (changes: readonly Planned[], options?: ReviewOptions) =>
  review([readPlan(planText(changes), "plan.json")], options);

const POOL = {
  type: "aws_cognito_user_pool",
  address: "aws_cognito_user_pool.verified_pool_6B267752",
  before: { id: "eu-west-1_1", tags_all: { environment: "prod" } },
  after: null,
};

it("says first what happens to people, with their number", () => {
  const text = toMarkdown(reviewed([POOL], { estimates: new Map([["eu-west-1_1", 41302]]) }));
  expect(text).toMatch(/^<!-- review:prod -->\n### `prod`: one thing that can hurt people\n/);
  expect(text).toContain("- Removes the pool `verified` with 41,302 people: their accounts are gone for good.");
});

it("says that the number is unknown, if it is", () => {
  expect(toMarkdown(reviewed([POOL]))).toContain("Removes the pool `verified` with people (number unknown)");
});

it("shows what is allowed, and why", () => {
  const text = toMarkdown(reviewed([POOL], { allowed: new Map([["pool-removed", "nobody is in it, see #12"]]) }));
  expect(text).toContain("### `prod`: what can hurt people is allowed");
  expect(text).toContain("Allowed: `nobody is in it, see #12`");
});

it("is empty where nothing changes", () => {
  const pool = {
    ...POOL,
    before: { id: "a", lambda_config: [] },
    after: { id: "a", lambda_config: [{ pre_sign_up: null }] },
  };
  expect(toMarkdown(reviewed([{ ...POOL, actions: ["no-op"], after: POOL.before }]))).toBe("");
  expect(toMarkdown(reviewed([pool]))).toBe("");
});

it("says for each function whether its code or its settings change", () => {
  const text = toMarkdown(review([readPlan(JSON.stringify(keptPlan("harmless", "new-code")), "plan.json")]));
  expect(text).toContain("| `people/pre-sign-up` | changed |  |");
});

describe("a plan with hostile names", () => {
  const HOSTILE = [
    "@everybody",
    "<img src=x onerror=alert(1)>",
    "[a](https://evil.example.com)",
    "www.evil.example.com https://evil.example.com/?a=b",
    "`` ` ``| --> </details> **bold** ~~x~~ #1 !a",
    "one\ntwo\r\n\n# heading\n- item",
    "\u202egnihtemos\u0000\ufdd0\ufdd1",
    "somebody@example.org",
    "&lt;b&gt; &#60;b&#62; \\",
  ];
  const text = toMarkdown(
    reviewed(
      HOSTILE.flatMap((name, index) => [
        { ...POOL, type: `aws_cognito_user_pool`, address: `aws_cognito_user_pool["${name}"].${name}.${index}` },
        { type: name, address: name, before: { [name]: 1 }, after: { [name]: 2 } },
        {
          type: "aws_cognito_user_pool_client",
          address: `${name}.${index}`,
          before: { user_pool_id: name, callback_urls: [] },
          after: { user_pool_id: name, callback_urls: [name], explicit_auth_flows: [name] },
        },
      ]),
      { allowed: new Map([["callback-added", HOSTILE.join(" ")]]) },
    ),
  );
  /** What is neither in a code element, with nothing but entities and words in it, nor in a code span. */
  const outside = text
    .replace(/<code>(?:[\p{L}\p{N} ]|&#\d+;)*<\/code>/gu, "CODE")
    .replace(/`[\w./:,()*"[\]=$#+ -]+`/g, "CODE");

  it("shows them as text", () => {
    const ours = outside.replace(/<!-- review:\w+ -->/, "").replaceAll(/<\/?(details|summary)>/g, "");
    expect(ours).not.toMatch(/[<>`@[\]]|https|www|evil|heading|bold/);
    expect(text).not.toContain("somebody@");
    expect(text).not.toContain("\u202e");
  });

  it("has no line that is not the review's own", () => {
    const own =
      /^(<!-- review:prod -->|### .*|\*\*.*\*\*|- (Removes|The) .*|- CODE.*|- App client .*|Resources: .*|<\/?details>.*|\|.*\||)$/;
    expect(outside.split("\n").filter((line) => !own.test(line))).toEqual([]);
  });

  it("has three cells in each row", () => {
    for (const row of text.split("\n").filter((line) => line.startsWith("|"))) {
      expect(row.match(/\|/g)).toHaveLength(4);
    }
  });
});

describe("a long comment", () => {
  const many = Array.from({ length: 3000 }, (_, index): Planned => {
    const address = `aws_iam_role_policy.pool-${index}_pre-authentication_read-block-list_6476681B`;
    return { type: "aws_iam_role_policy", address, before: { role: "r" }, after: { role: "r", name: "n" } };
  });

  it("ends at the end of a row, and says how many are left out", () => {
    const text = toMarkdown(reviewed(many));
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
    expect(Buffer.byteLength(text)).toBeGreaterThan(60_000);
    expect(text).toMatch(/\|\n\n… and \d+ more rows that do not fit here\.\n\n<\/details>\n$/);
  });

  it("leaves out rows before findings", () => {
    const text = toMarkdown(reviewed([...many, POOL]));
    expect(text).toContain("Removes the pool `verified`");
  });

  it("is cut in the middle of many findings, too", () => {
    const pools = Array.from({ length: 2000 }, (_, index) => ({
      ...POOL,
      address: `aws_cognito_user_pool.${"x".repeat(60)}${index}`,
    }));
    const text = toMarkdown(reviewed(pools));
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
    expect(text).toMatch(/… and \d+ more findings that do not fit here\./);
  });
});

it("prints no sensitive value, in no form", () => {
  const secret = "callback-secret";
  const url = `https://example.org/?key=${secret}`;
  const changes: Planned[] = [
    {
      type: "aws_cognito_user_pool_client",
      before: { user_pool_id: "a", callback_urls: [] },
      after: { user_pool_id: "a", callback_urls: [url] },
      after_sensitive: { callback_urls: [true] },
    },
    {
      type: "aws_lambda_function",
      before: { environment: [{ variables: { SETTINGS: '{"access":{"deniedDomains":["secret.example"]}}' } }] },
      after: { environment: [{ variables: { SETTINGS: '{"access":{"deniedDomains":[]}}' } }] },
      before_sensitive: { environment: [{ variables: true }] },
    },
    {
      type: "aws_iam_role_policy",
      before: { role: "r", policy: '{"Statement":[]}' },
      after: { role: "r", policy: '{"Statement":[{"Effect":"Allow","Action":"s3:SecretAction","Resource":"*"}]}' },
      after_sensitive: { policy: true },
    },
    {
      type: "aws_cognito_user_pool",
      before: { id: "a", password_policy: [{ minimum_length: 4711 }] },
      after: { id: "a", password_policy: [{ minimum_length: 13 }] },
      before_sensitive: true,
    },
  ];
  const result = reviewed(changes);
  expect(result.findings).toHaveLength(4);
  for (const text of [toMarkdown(result), toJson(result)]) {
    expect(text).not.toMatch(/callback-secret|secret\.example|secretaction|4,?711/i);
  }
});
