import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { parseEnv } from "node:util";
import type { Pools } from "./deploy";
import { scratch, writeAtOnce } from "./scratch";
import { REGION } from "./settings";

/** What other programs, the page and the end-to-end tests read to find the local cloud. */
export interface Outputs {
  readonly endpoint: string;
  readonly region: string;
  /** The page. */
  readonly web: string;
  readonly mailbox: string;
  readonly pools: Pools;
}

/** Says that the local cloud is ready, and where everything is: in `outputs.json`, and in `env` for a shell. */
export function publish(outputs: Outputs, env: Record<string, string>): void {
  writeAtOnce(scratch("env"), shellLines(env));
  writeAtOnce(scratch("outputs.json"), `${JSON.stringify(outputs, null, 2)}\n`);
}

/** Where everything is. */
export function outputsOf(endpoint: string, web: string, pools: Pools): Outputs {
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
  const lines = Object.entries(pools).map(
    ([name, { userPoolId, clientId }]) => `  ${`${name} pool`.padEnd(15)} ${userPoolId}   client ${clientId}`,
  );
  // Another one at each start, since the users stay.
  const somebody = `somebody-${randomBytes(2).toString("hex")}`;
  return `
The local cloud is ready.
  page            ${web}
  endpoint        ${endpoint}
  region          ${region}
  keys            test / test
${lines.join("\n")}
  mailbox         ${mailbox}

Sign somebody up on the page or, without any address, from a shell:
  aws cognito-idp sign-up --endpoint-url ${endpoint} --region ${region} \\
    --client-id ${pools.anonymous.clientId} --username ${somebody} --password "correct horse battery"

The same address for other tools:  . ${scratch("env")}
Ctrl-C stops everything; the next start finds its users again.`;
}
