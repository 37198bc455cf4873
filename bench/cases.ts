import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { bundleFunctions } from "../lib/bundle-functions";
import { BUNDLE_TARGET } from "../lib/runtime";
import { installPeers } from "./peer-packages";
import { ROOT } from "./root";

/** A handler, and what it answers to. */
export interface Case {
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

/** The project's functions and their peers, an empty handler first. */
export async function allCases(): Promise<Case[]> {
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

/** Runs a script of this folder with a handler in a process of its own. @returns the figures that it prints */
export async function runWith<Figures>(
  script: string,
  { bundle, event, settings }: Case,
  endpoint: string,
  variables: NodeJS.ProcessEnv = {},
): Promise<Figures> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, "bench", script), bundle, JSON.stringify(event)],
    {
      env: {
        PATH: process.env.PATH,
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_ENDPOINT_URL: endpoint,
        SETTINGS: JSON.stringify(settings ?? {}),
        ...variables,
      },
    },
  );
  return JSON.parse(stdout);
}
