import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import type { PoolOutput } from "../contract/pools";
import type { Hosted } from "./hosted";
import { REGION } from "./identifiers";
import { issuerAt } from "./issuer";
import { localPath, writeAtOnce } from "./local-folder";
import { LEADS_ELSEWHERE } from "./shell-variables";

/** What other programs, the page and the end-to-end tests read to find the local cloud. */
export interface Outputs {
  readonly endpoint: string;
  readonly region: string;
  /** The page. */
  readonly web: string;
  readonly mailbox: string;
  /** The issuer of the local identity provider. */
  readonly provider: string;
  /** The pools by name, in the stack's order. */
  readonly pools: Readonly<Record<string, PoolOutput & Hosted>>;
}

/** Writes `outputs.json`, which shows that the local cloud is ready, and `env`, for a shell. */
export function publish(outputs: Outputs, env: Record<string, string>): void {
  writeAtOnce(localPath("env"), shellLines(env));
  writeAtOnce(localPath("outputs.json"), `${JSON.stringify(outputs, null, 2)}\n`);
}

/** What `outputs.json` contains. */
export function outputsOf(endpoint: string, web: string, pools: Outputs["pools"]): Outputs {
  const provider = issuerAt(Number(new URL(endpoint).port));
  return { endpoint, region: REGION, web, mailbox: `${endpoint}/_local/mailbox`, provider, pools };
}

/** Deletes what `publish` has written, so that no program uses a local cloud that does not run. */
export function unpublish(): void {
  rmSync(localPath("outputs.json"), { force: true });
  rmSync(localPath("env"), { force: true });
}

/** The outputs of the running local cloud. Undefined if none is ready. */
export function publishedOutputs(): Outputs | undefined {
  const file = localPath("outputs.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/**
 * The environment variables of the running local cloud. Undefined if none is ready.
 * @param file the file `env` of another local cloud
 */
export function publishedEnvironment(file = localPath("env")): Record<string, string> | undefined {
  return existsSync(file) ? variablesIn(readFileSync(file, "utf8")) : undefined;
}

/** The variables in the file `env`, without those that only add to what a shell has. */
export function variablesIn(lines: string): Record<string, string> {
  const all = [...lines.matchAll(/^export (\w+)=(?:'(.*)'|"(.*)")$/gm)];
  return Object.fromEntries(
    all
      .filter(([, name = ""]) => !/^no_proxy$/i.test(name))
      .map(([, name = "", plain, escaped = ""]) => [name, plain ?? escaped.replace(/\\([\\"$`])/g, "$1")]),
  );
}

/** The file `env`, as lines of a shell. */
export function shellLines(env: Record<string, string>): string {
  const lines = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  return `# For a shell that uses the local cloud. Without Terraform's registry, cdktf needs --skip-provider-lock.\nunset ${LEADS_ELSEWHERE.join(" ")}\n${lines.join("")}${WITHOUT_PROXY}`;
}

/** A proxy would look for this machine on its own. */
const WITHOUT_PROXY = ["NO_PROXY", "no_proxy"]
  .map((name) => `export ${name}="localhost,127.0.0.1\${${name}:+,$${name}}"\n`)
  .join("");

/** Text as one word of a shell. */
const quoted = (text: string) => (text.includes("'") ? `"${text.replace(/[\\"$`]/g, "\\$&")}"` : `'${text}'`);

/** What is printed when the local cloud is ready. */
export function summary({ endpoint, region, web, mailbox, provider, pools }: Outputs): string {
  const rows = [
    ["page", web],
    ["endpoint", endpoint],
    ["region", region],
    ["keys", "test / test"],
    ...Object.entries(pools).flatMap(([name, { userPoolId, clientId, hosted, providers = [] }]) => [
      [`${name} pool`, `${userPoolId}   client ${clientId}`],
      ...(hosted ? [["  hosted sign-in", [hosted, ...providers].join("   ")]] : []),
    ]),
    ["mailbox", mailbox],
    ["provider", provider],
  ] as const;
  const width = Math.max(15, ...rows.map(([label = ""]) => label.length));
  return `
The local cloud is ready.
${rows.map(([label = "", value]) => `  ${label.padEnd(width)} ${value}`).join("\n")}
${exampleSignUp(pools, `aws cognito-idp sign-up --endpoint-url ${endpoint} --region ${region}`)}
To use it from a shell:  . ${quoted(localPath("env"))}
Ctrl-C stops everything. The users stay for the next start.`;
}

/** A command that signs somebody up, if possible in a pool that needs no address. */
function exampleSignUp(pools: Outputs["pools"], command: string): string {
  const all = Object.values(pools).filter(({ selfSignUp = true }) => selfSignUp);
  const pool = all.find((pool) => !neededAttribute(pool)) ?? all[0];
  if (!pool) return "";
  const attribute = neededAttribute(pool);
  // Another name at each start, because the users stay.
  const somebody = `somebody-${randomBytes(2).toString("hex")}`;
  const values = { email: `${somebody}@example.org`, phone_number: "+14155550123" };
  const name = pool.signIn === "email" ? values.email : somebody;
  const attributes = attribute ? ` \\\n    --user-attributes Name=${attribute},Value=${values[attribute]}` : "";
  return `
To sign somebody up, use the page, or this command${attribute ? "" : ", which needs no address"}:
  ${command} \\
    --client-id ${pool.clientId} --username ${name} --password "correct horse battery"${attributes}
`;
}

/** The attribute that a sign-up needs besides the user name and the password, so that the user can sign in. */
function neededAttribute({ signIn, confirmsAtOnce, verifies }: PoolOutput): "email" | "phone_number" | undefined {
  if (signIn === "email") return "email";
  return confirmsAtOnce ? undefined : verifies[0];
}
