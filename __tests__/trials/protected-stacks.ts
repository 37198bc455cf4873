import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { type Outputs, publishedEnvironment } from "../../local/outputs";
import { shownJson } from "../../tools/terraform";
import { ROOT } from "../checkout";
import { changesIn, run, succeed } from "../e2e/cdktf";
import type { TrialPools } from "./fixtures/protected";

/** What the stacks are changed to: see fixtures/protected.ts. */
export interface TrialChanges {
  readonly pools?: TrialPools;
  /** A tag for every resource. */
  readonly tag?: string;
}

/**
 * Fewer triggers than a pool has otherwise. Those that are left out have no table, because a table is protected, and
 * a deployment that deletes it is refused.
 */
export const FEWER_TRIGGERS = [
  "preSignUp",
  "postConfirmation",
  "preAuthentication",
  "postAuthentication",
  "customAuth",
];

const PASSWORD = "correct horse battery staple";

export type Stack = "state-trials" | "identity-trials";

/** The stacks of fixtures/protected.ts, on a trial's own local cloud. */
export class ProtectedStacks {
  /** The JSON of the identity stack as it was last synthesized. */
  readonly stackFile: string;
  private readonly output: string;
  private readonly env: NodeJS.ProcessEnv;
  private readonly cognito: CognitoIdentityProvider;

  constructor(
    name: string,
    private readonly outputs: Outputs,
  ) {
    const folder = join(".local", "trials", name);
    this.output = join(folder, "protected");
    this.stackFile = join(ROOT, this.output, "stacks", "identity-trials", "cdk.tf.json");
    // What an earlier trial left there has the backend of another local cloud.
    rmSync(join(ROOT, this.output), { recursive: true, force: true });
    this.env = { ...publishedEnvironment(join(ROOT, folder, "env")), LOCAL_DIR: folder };
    const { endpoint, region } = outputs;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    this.cognito = new CognitoIdentityProvider({ endpoint, region, credentials, maxAttempts: 1 });
  }

  /** Makes the buckets with the bootstrap, and deploys both stacks with the real cdktf. */
  async deploy(changes: TrialChanges = {}): Promise<void> {
    await this.aws("ses", "verify-email-identity", "--email-address", "no-reply@mail.example.org");
    const bootstrap = ["--import", "tsx", "__tests__/trials/fixtures/bootstrap.ts", "--yes"];
    await succeed(run(process.execPath, bootstrap, ROOT, { ...this.env, ...variablesOf(changes) }));
    const stacks = ["state-trials", "identity-trials"];
    await this.cdktf(changes, "deploy", ...stacks, "--auto-approve", "--skip-provider-lock");
  }

  /** Synthesizes changed stacks, for the next call of Terraform. */
  async synthesize(changes: TrialChanges): Promise<void> {
    await this.cdktf(changes, "synth");
  }

  /** The types of resources of the identity stack as it was last synthesized. */
  synthesizedTypes(): string[] {
    return Object.keys(JSON.parse(readFileSync(this.stackFile, "utf8")).resource);
  }

  private cdktf(changes: TrialChanges, ...args: string[]): Promise<string> {
    const app = ["--app", "node --import tsx __tests__/trials/fixtures/protected.ts", "--output", this.output];
    const variables = { ...this.env, ...variablesOf(changes) };
    return succeed(run(join(ROOT, "node_modules/.bin/cdktf"), [...args, ...app], ROOT, variables));
  }

  /**
   * Deploys the identity stack as docs/runbook.md says after a deployment that was cut off: gives the lock back, and
   * imports what exists and is not in the state.
   * @param killAt kills Terraform as soon as it prints this: nothing can end in order, and the state lacks what was made
   * since it was last stored
   * @returns the line at which it was killed, and what had to be done by hand
   */
  async deployAgain(killAt?: RegExp): Promise<{ killed?: string; steps: string[] }> {
    const steps: string[] = [];
    for (let attempt = 0; attempt < 10; attempt++) {
      const { code, killed, output } = await this.apply(killAt);
      if (killed !== undefined || code === 0) return { killed, steps };
      const step = await this.wayOut(output);
      if (!step) throw new Error(`The runbook does not have this:\n${output.slice(-4000)}`);
      steps.push(step.join(" "));
      const [program, ...args] = step;
      await (program === "aws" ? this.aws(...args) : succeed(this.terraform("identity-trials", ...args)));
    }
    throw new Error(`It did not end after: ${steps.join("; ")}`);
  }

  /** Runs `terraform apply` in the identity stack. */
  async apply(killAt?: RegExp): Promise<{ code: number | null; killed?: string; output: string }> {
    const cwd = join(ROOT, this.output, "stacks", "identity-trials");
    const child = spawn("terraform", ["apply", "-auto-approve", "-input=false", "-no-color"], {
      cwd,
      env: { ...process.env, ...this.env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let killed: string | undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (part: string) => {
        output += part;
        const line = killAt?.exec(output)?.[0];
        if (killed !== undefined || line === undefined || child.pid === undefined) return;
        killed = line;
        process.kill(-child.pid, "SIGKILL");
      });
    }
    await once(child, "close");
    return { code: child.exitCode, killed, output };
  }

  /** The command of docs/runbook.md for what Terraform printed. */
  private async wayOut(output: string): Promise<[program: "terraform" | "aws", ...args: string[]] | undefined> {
    const lock = /\bID: +([\w-]+)/.exec(output)?.[1];
    if (output.includes("Error acquiring the state lock") && lock) return ["terraform", "force-unlock", "-force", lock];
    const [, name = "", address] = EXISTS.exec(output) ?? [];
    if (!address) return undefined;
    if (address.startsWith("aws_cognito_user_group.")) {
      const pool = /user_pool_id += "(\S+)"/.exec(output.slice(output.indexOf(`"${address.split(".")[1]}"`)))?.[1];
      return ["terraform", "import", address, `${pool}/${name}`];
    }
    if (!address.startsWith("aws_cognito_user_pool_domain.")) return ["terraform", "import", address, name];
    const describe = ["cognito-idp", "describe-user-pool-domain", "--domain", name];
    const query = ["--query", "DomainDescription.UserPoolId", "--output", "text"];
    const owner = (await this.aws(...describe, ...query)).trim();
    const { output: state } = await this.terraform("identity-trials", "show", "-json");
    // The pool can be one that the killed deployment made and the state does not have.
    return state.includes(owner)
      ? ["terraform", "import", address, name]
      : ["aws", "cognito-idp", "delete-user-pool-domain", "--domain", name, "--user-pool-id", owner];
  }

  /** Runs the AWS command line. */
  aws(...args: string[]): Promise<string> {
    const { endpoint, region } = this.outputs;
    // For SQS, some versions do not read the address from the environment.
    return succeed(run("aws", [...args, "--endpoint-url", endpoint, "--region", region], ROOT, this.env));
  }

  terraform(stack: Stack, ...args: string[]): Promise<{ code: number; output: string }> {
    return run("terraform", args, join(ROOT, this.output, "stacks", stack), this.env);
  }

  /** The addresses of a stack's resources. */
  async resources(stack: Stack): Promise<string[]> {
    const list = await succeed(this.terraform(stack, "state", "list"));
    return list.split("\n").filter((address) => /^(?!data\.)\w+\.\S+$/.test(address));
  }

  /** What Terraform would still change, as `update aws_cognito_user_pool.people_pool_6B267752`. */
  async planned(stack: Stack): Promise<string[]> {
    await succeed(this.terraform(stack, "plan", "-input=false", "-out", "again"));
    const { output } = await this.terraform(stack, "show", "-json", "again");
    return changesIn(shownJson(output));
  }

  /** What AWS has of the identity stack, and its state has not: a deployment that was killed has left it. */
  async leftOver(): Promise<string[]> {
    const { output } = await this.terraform("identity-trials", "show", "-json");
    const lists = Object.entries(LISTS).map(async ([type, args]) => {
      // Of nothing, it prints "null" or nothing.
      const printed = await this.aws(...args);
      const all: string[] = JSON.parse(printed || "null") ?? [];
      return all.filter((id) => !output.includes(id)).map((id) => `${type} ${id}`);
    });
    return (await Promise.all(lists)).flat();
  }

  /** The pools as the stack gives them out. */
  async pools(): Promise<Outputs["pools"]> {
    const { output } = await this.terraform("identity-trials", "output", "-json");
    return JSON.parse(output.slice(output.indexOf("{\n"))).pools.value;
  }

  /** Signs somebody in again and again while `work` runs. @returns the errors, and how often it was tried */
  async signInDuring(work: () => Promise<unknown>, pool = "people"): Promise<{ errors: string[]; tries: number }> {
    const { userPoolId: UserPoolId, clientId: ClientId } = (await this.pools())[pool] ?? {};
    const Username = `somebody-${Date.now()}@example.org`;
    await this.cognito.adminCreateUser({ UserPoolId, Username, MessageAction: "SUPPRESS" });
    await this.cognito.adminSetUserPassword({ UserPoolId, Username, Password: PASSWORD, Permanent: true });
    const signIn = () =>
      this.cognito.initiateAuth({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: Username, PASSWORD },
      });
    const errors: string[] = [];
    let [tries, goesOn] = [0, true];
    const client = (async () => {
      while (goesOn) {
        tries++;
        await signIn().catch((error: Error) => errors.push(`${error.name}: ${error.message}`));
        await sleep(100);
      }
    })();
    try {
      await work();
    } finally {
      goesOn = false;
      await client;
    }
    return { errors, tries };
  }
}

/** How the AWS command line lists what can be left, by what Terraform's state has of it. */
const OURS = "starts_with(NAME, 'identity-trials')";
const list = (call: string, items: string, name: string, id = name) => [
  ...call.split(" "),
  ...["--output", "json", "--query", `${items}[?${OURS.replace("NAME", name)}].${id}`],
];
const LISTS: Readonly<Record<string, string[]>> = {
  aws_cognito_user_pool: list("cognito-idp list-user-pools --max-results 60", "UserPools", "Name", "Id"),
  aws_lambda_function: list("lambda list-functions", "Functions", "FunctionName"),
  aws_iam_role: list("iam list-roles", "Roles", "RoleName"),
  aws_dynamodb_table: ["dynamodb", "list-tables", "--output", "json", "--query", "TableNames"],
  aws_sqs_queue: ["sqs", "list-queues", "--output", "json", "--query", "QueueUrls"],
  aws_cloudwatch_log_group: [
    ...["logs", "describe-log-groups", "--log-group-name-prefix", "/aws/lambda/identity-trials"],
    ...["--output", "json", "--query", "logGroups[].logGroupName"],
  ],
  aws_cloudwatch_metric_alarm: list("cloudwatch describe-alarms", "MetricAlarms", "AlarmName"),
  aws_kms_key: ["kms", "list-keys", "--output", "json", "--query", "Keys[].KeyId"],
};

/** What Terraform prints of something that exists and is not in the state: its name and its address. */
const EXISTS =
  /Error: (?:creating [^(\n]*\(([^)\n]+)\)[^\n]*(?:already exists|ExistsException)).*?with ((?:aws_dynamodb_table|aws_cognito_user_pool_domain|aws_cognito_user_group)\.\S+),/s;

const variablesOf = ({ pools, tag }: TrialChanges) => ({
  ...(pools && { TRIAL_POOLS: JSON.stringify(pools) }),
  ...(tag && { TRIAL_TAG: tag }),
});
