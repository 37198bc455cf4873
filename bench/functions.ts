import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { bundleFunctions } from "../lib/bundle-functions";
import { BUNDLE_TARGET } from "../lib/runtime";
import { installPeers } from "./peer-packages";
import { ROOT } from "./root";
import { printTable, ratio, type Spread, spreadInWords, spreadOf } from "./samples";

const ROUNDS = 15;

/** A handler in a fresh process, and what it answers to. */
interface Case {
  readonly name: string;
  readonly bundle: string;
  readonly event: object;
  readonly settings?: object;
}

const EVENT = {
  version: "1",
  region: "eu-west-1",
  userPoolId: "eu-west-1_Example",
  userName: "3f0c8a52-0000-4000-8000-000000000000",
  callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "example" },
  request: { userAttributes: { sub: "3f0c8a52-0000-4000-8000-000000000000", email: "a@example.org" } },
  response: {},
};
const ACCESS = { deniedDomains: ["example.com"] };
const LIST = { ...ACCESS, blockListTable: "block-list", onUnavailable: "deny" };
const WORDING = { appName: "Example", defaultLanguage: "en" };
const MAIL = { ...WORDING, from: "no-reply@example.org", keyArn: "arn:aws:kms:eu-west-1:111111111111:key/1" };

/** The project's functions: the folder, the source of the event, the settings. */
const FUNCTIONS: readonly [name: string, folder: string, source: string, settings: object][] = [
  [
    "pre sign-up, without calls",
    "pre-sign-up",
    "PreSignUp_SignUp",
    { autoConfirm: "nobody", autoVerify: [], access: ACCESS },
  ],
  ["pre authentication, without calls", "pre-authentication", "PreAuthentication_Authentication", { access: ACCESS }],
  [
    "pre token generation, without calls",
    "pre-token-generation",
    "TokenGeneration_Authentication",
    { eventVersion: 1 },
  ],
  ["custom message", "custom-message", "CustomMessage_ForgotPassword", WORDING],
  [
    "pre authentication, reads the block list",
    "pre-authentication",
    "PreAuthentication_Authentication",
    { access: LIST },
  ],
  [
    "post authentication, writes to DynamoDB",
    "post-authentication",
    "PostAuthentication_Authentication",
    { table: "sign-ins", keepDays: 90, onFailure: "allow" },
  ],
  [
    "custom email sender, loads the Encryption SDK",
    "custom-email-sender",
    "CustomEmailSender_Later",
    { through: { service: "ses" }, ...MAIL },
  ],
  [
    "custom SMS sender, loads the Encryption SDK",
    "custom-sms-sender",
    "CustomSMSSender_Later",
    { through: { service: "sns" }, ...MAIL },
  ],
];

const PEERS: readonly [name: string, file: string][] = [
  ["an empty handler", "empty"],
  ["middy, empty", "middy"],
  ["Powertools' logger", "powertools"],
  ["the AWS SDK, reads from DynamoDB", "aws-sdk"],
];

/** How long a fresh process takes to its first answer, for each function and its peers. */
export async function benchFunctions(): Promise<void> {
  const dynamodb = createServer((request, response) => {
    request.resume().on("end", () => {
      response
        .writeHead(200, { "content-type": "application/x-amz-json-1.0" })
        .end('{"Responses":{"block-list":[]},"UnprocessedKeys":{}}');
    });
  });
  await new Promise<void>((resolve) => dynamodb.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(dynamodb.address() as AddressInfo).port}`;
  try {
    const cases = await allCases();
    const figures = new Map(cases.map((one) => [one, { time: [] as number[], cpu: [] as number[] }]));
    for (let round = 0; round < ROUNDS; round++) {
      // One of each in turn, so that a busy moment does not hit one alone.
      for (const [one, { time, cpu }] of figures) {
        const answer = await firstAnswer(one, endpoint);
        time.push(answer.time);
        cpu.push(answer.cpu);
      }
    }
    print([...figures].map(([one, { time, cpu }]) => ({ one, time: spreadOf(time), cpu: spreadOf(cpu) })));
  } finally {
    dynamodb.close();
  }
}

function print(measured: readonly { one: Case; time: Spread; cpu: Spread }[]): void {
  const [empty] = measured;
  if (!empty) return;
  const rows = measured.map(({ one, time, cpu }) => [
    one.name,
    spreadInWords(time, "ms"),
    ratio(time, empty.time),
    spreadInWords(cpu, "ms"),
    ratio(cpu, empty.cpu),
    `${Math.ceil(readFileSync(one.bundle).length / 1000)} kB`,
  ]);
  console.log(`A fresh process to its first answer, ${ROUNDS} times each:\n`);
  printTable(["handler", "time", "× empty", "CPU", "× empty", "bundle"], rows);
}

async function allCases(): Promise<Case[]> {
  const peers = installPeers();
  const folder = join(ROOT, ".local", "bench", "bundles");
  mkdirSync(folder, { recursive: true });
  const peerCases = PEERS.map(async ([name, file]) => {
    const outfile = join(folder, `peer-${file}.js`);
    await build({
      entryPoints: [join(ROOT, "bench", "peers", `${file}.mjs`)],
      outfile,
      nodePaths: [join(peers, "node_modules")],
      bundle: true,
      platform: "node",
      target: BUNDLE_TARGET,
      format: "cjs",
      minify: true,
      logLevel: "error",
    });
    return { name, bundle: outfile, event: EVENT };
  });
  const bundles = bundleFunctions(ROOT, [...new Set(FUNCTIONS.map(([, one]) => one))]);
  for (const [name, contents] of bundles) writeFileSync(join(folder, `${name}.js`), contents);
  const own = FUNCTIONS.map(([name, one, triggerSource, settings]) => ({
    name,
    bundle: join(folder, `${one}.js`),
    event: { ...EVENT, triggerSource },
    settings,
  }));
  return [...(await Promise.all(peerCases)), ...own];
}

async function firstAnswer(
  { bundle, event, settings }: Case,
  endpoint: string,
): Promise<{ time: number; cpu: number }> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, "bench", "first-answer.js"), bundle, JSON.stringify(event)],
    {
      env: {
        PATH: process.env.PATH,
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_ENDPOINT_URL: endpoint,
        SETTINGS: JSON.stringify(settings ?? {}),
      },
    },
  );
  return JSON.parse(stdout);
}
