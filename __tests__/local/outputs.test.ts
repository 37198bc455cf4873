import { execFileSync } from "node:child_process";
import { parseEnv } from "node:util";
import type { PoolOutput } from "../../contract/pools";
import { inOrder } from "../../local/deploy";
import { outputsOf, shellLines, summary, variablesIn } from "../../local/outputs";
import { ALIAS_POOL, ANONYMOUS_POOL, EMAIL_POOL } from "../pools";

const USER_NAME_POOL: PoolOutput = { ...ANONYMOUS_POOL, confirmsAtOnce: false, anonymous: false };

const say = (pools: Record<string, PoolOutput>) =>
  summary(outputsOf("http://127.0.0.1:4566", "http://localhost:5173/", pools));
const command = (pools: Record<string, PoolOutput>) => say(pools).match(/aws cognito-idp .*?\n\n/s)?.[0] ?? "";

describe("the pools", () => {
  const outputs = { pools: { alpha: EMAIL_POOL, beta: EMAIL_POOL, gamma: EMAIL_POOL } };

  it("have the stack's order, although Terraform sorts them", () => {
    expect(Object.keys(inOrder({ ...outputs, poolNames: ["gamma", "alpha", "beta"] }))).toEqual([
      "gamma",
      "alpha",
      "beta",
    ]);
  });

  it("are unchanged if the stack gives no order, and empty if it gives no pools", () => {
    expect(Object.keys(inOrder(outputs))).toEqual(["alpha", "beta", "gamma"]);
    expect(inOrder(undefined)).toEqual({});
  });
});

describe("the summary", () => {
  it("shows each pool by its name, on a line of its own", () => {
    const lines = say({ staff: EMAIL_POOL, "members-of-the-club": ALIAS_POOL }).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "  page                     http://localhost:5173/",
        "  staff pool               eu-west-1_a   client a",
        "  members-of-the-club pool eu-west-1_c   client c",
      ]),
    );
  });

  it("shows where the hosted sign-in of a pool is, and its providers", () => {
    const hosted = { hosted: "http://localhost:4566/eu-west-1_a", providers: ["Stranger", "Other"] };
    const lines = say({ staff: { ...EMAIL_POOL, ...hosted }, members: ALIAS_POOL }).split("\n");
    expect(lines.filter((line) => line.includes("hosted"))).toEqual([
      "    hosted sign-in http://localhost:4566/eu-west-1_a   Stranger   Other",
    ]);
  });

  it("names the two pools of this project", () => {
    expect(say({ verified: EMAIL_POOL, anonymous: ANONYMOUS_POOL })).toMatch(
      /^\nThe local cloud is ready.\n {2}page {12}http:\/\/localhost:5173\/\n {2}endpoint {8}http:\/\/127.0.0.1:4566\n {2}region {10}eu-west-1\n {2}keys {12}test \/ test\n {2}verified pool {3}eu-west-1_a {3}client a\n {2}anonymous pool {2}eu-west-1_b {3}client b\n {2}mailbox {9}http:\/\/127.0.0.1:4566\/_local\/mailbox\n {2}provider {8}http:\/\/localhost:4566\/_provider\n\nTo sign somebody up, use the page, or this command, which needs no address:\n {2}aws cognito-idp sign-up --endpoint-url http:\/\/127.0.0.1:4566 --region eu-west-1 \\\n {4}--client-id b --username somebody-[0-9a-f]{4} --password "correct horse battery"\n\nTo use it from a shell: {2}. '\S+env'\nCtrl-C stops everything. The users stay for the next start.$/,
    );
  });

  it.each<[string, PoolOutput, RegExp]>([
    [
      "an email address",
      EMAIL_POOL,
      /--username (somebody-\w+@example\.org) .*--user-attributes Name=email,Value=\1\n/s,
    ],
    ["a user name that is confirmed at once", ANONYMOUS_POOL, /--username somebody-\w+ --password "[^"]+"\n/],
    ["a user name that an administrator confirms", USER_NAME_POOL, /--username somebody-\w+ --password "[^"]+"\n/],
    [
      "an alias",
      ALIAS_POOL,
      /--username somebody-\w+ .*--user-attributes Name=email,Value=somebody-\w+@example\.org\n/s,
    ],
    [
      "a phone number alone",
      { ...ALIAS_POOL, verifies: ["phone_number"] },
      /--username somebody-\w+ .*Name=phone_number,Value=\+\d+\n/s,
    ],
  ])("shows a sign-up with %s where that is the only pool", (_, pool, expected) => {
    expect(command({ staff: pool })).toMatch(expected);
  });

  it("prefers a pool that needs no address", () => {
    const confirmed = { ...ALIAS_POOL, confirmsAtOnce: true };
    expect(command({ staff: EMAIL_POOL, members: ALIAS_POOL, guests: ANONYMOUS_POOL })).toContain("--client-id b ");
    expect(command({ staff: EMAIL_POOL, members: confirmed })).toMatch(/--client-id c (?!.*--user-attributes)/s);
  });

  it("shows no sign-up if there is no pool", () => {
    expect(say({})).not.toContain("sign-up");
  });
});

it("leads a shell to the local cloud, whatever its own variables say", () => {
  const lines = shellLines({ AWS_ENDPOINT_URL: "http://127.0.0.1:4566", LOCAL_DIR: "/it's $HOME" });
  const env = {
    PATH: process.env.PATH,
    NO_PROXY: "intern",
    AWS_ENDPOINT_URL_STS: "https://sts",
    TF_CLI_ARGS_plan: "-x",
  };
  const printed = execFileSync("sh", ["-euc", `${lines}env`], { env, encoding: "utf8" });
  const after = parseEnv(printed.replace(/^LOCAL_DIR=.*$/m, ""));
  expect(printed).toContain("\nLOCAL_DIR=/it's $HOME\n");
  expect(after).toMatchObject({
    AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
    NO_PROXY: "localhost,127.0.0.1,intern",
    no_proxy: "localhost,127.0.0.1",
  });
  expect(Object.keys(after)).not.toEqual(expect.arrayContaining(["AWS_ENDPOINT_URL_STS"]));
  expect(Object.keys(after)).not.toEqual(expect.arrayContaining(["TF_CLI_ARGS_plan"]));
});

it("can be read again without a shell, whatever is in the path", () => {
  for (const LOCAL_DIR of ["/plain", "/it's", '/it\'s "q" $HOME \\ `x`', "/é $x"]) {
    expect(variablesIn(shellLines({ LOCAL_DIR }))).toEqual({ LOCAL_DIR });
  }
});
