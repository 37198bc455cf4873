import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { parseEnv } from "node:util";
import type { PoolOutput, StackOutputs } from "../contract/pools";
import { scratch, writeAtOnce } from "./scratch";
import { REGION } from "./settings";

/** What other programs, the page and the end-to-end tests read to find the local cloud. */
export interface Outputs {
  readonly endpoint: string;
  readonly region: string;
  /** The page. */
  readonly web: string;
  readonly mailbox: string;
  /** The pools by name, in the stack's order. */
  readonly pools: StackOutputs["pools"];
}

/** Says that the local cloud is ready, and where everything is: in `outputs.json`, and in `env` for a shell. */
export function publish(outputs: Outputs, env: Record<string, string>): void {
  writeAtOnce(scratch("env"), shellLines(env));
  writeAtOnce(scratch("outputs.json"), `${JSON.stringify(outputs, null, 2)}\n`);
}

/** Where everything is. */
export function outputsOf(endpoint: string, web: string, pools: Outputs["pools"]): Outputs {
  return { endpoint, region: REGION, web, mailbox: `${endpoint}/_local/mailbox`, pools };
}

/** Takes back what `publish` has said: nobody should find what is not there. */
export function unpublish(): void {
  rmSync(scratch("outputs.json"), { force: true });
  rmSync(scratch("env"), { force: true });
}

/** The environment of the running local cloud, if one is ready. */
export function publishedEnvironment(): Record<string, string> | undefined {
  const file = scratch("env");
  return existsSync(file) ? (parseEnv(readFileSync(file, "utf8")) as Record<string, string>) : undefined;
}

function shellLines(env: Record<string, string>): string {
  const lines = Object.entries(env).map(([name, value]) => `export ${name}='${value}'\n`);
  return `# For a shell that is to talk to the local cloud. Without Terraform's registry, cdktf needs --skip-provider-lock.\nunset AWS_PROFILE AWS_SESSION_TOKEN\n${lines.join("")}`;
}

/** What a person wants to know first. */
export function summary({ endpoint, region, web, mailbox, pools }: Outputs): string {
  const rows = [
    ["page", web],
    ["endpoint", endpoint],
    ["region", region],
    ["keys", "test / test"],
    ...Object.entries(pools).map(([name, { userPoolId, clientId }]) => [
      `${name} pool`,
      `${userPoolId}   client ${clientId}`,
    ]),
    ["mailbox", mailbox],
  ] as const;
  const width = Math.max(15, ...rows.map(([label = ""]) => label.length));
  return `
The local cloud is ready.
${rows.map(([label = "", value]) => `  ${label.padEnd(width)} ${value}`).join("\n")}
${demo(pools, `aws cognito-idp sign-up --endpoint-url ${endpoint} --region ${region}`)}
The same address for other tools:  . ${scratch("env")}
Ctrl-C stops everything; the next start finds its users again.`;
}

/** A sign-up to try: in a pool that needs no address for it, where there is one. */
function demo(pools: Outputs["pools"], command: string): string {
  const all = Object.values(pools);
  const pool = all.find((pool) => !neededAttribute(pool)) ?? all[0];
  if (!pool) return "";
  const attribute = neededAttribute(pool);
  // Another one at each start, since the users stay.
  const somebody = `somebody-${randomBytes(2).toString("hex")}`;
  const values = { email: `${somebody}@example.org`, phone_number: "+14155550123" };
  const name = pool.signIn === "email" ? values.email : somebody;
  const attributes = attribute ? ` \\\n    --user-attributes Name=${attribute},Value=${values[attribute]}` : "";
  return `
Sign somebody up on the page or${attribute ? "" : ", without any address,"} from a shell:
  ${command} \\
    --client-id ${pool.clientId} --username ${name} --password "correct horse battery"${attributes}
`;
}

/** What a sign-up has to bring beside a user name and a password, for the user to get in. */
function neededAttribute({ signIn, confirmsAtOnce, verifies }: PoolOutput): "email" | "phone_number" | undefined {
  if (signIn === "email") return "email";
  return confirmsAtOnce ? undefined : verifies[0];
}
