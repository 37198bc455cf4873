import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseEnv } from "node:util";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import type { Outputs } from "../../local/outputs";
import { ROOT } from "../checkout";
import { changesIn, run, succeed } from "../e2e/cdktf";

const PASSWORD = "correct horse battery staple";

export type Stack = "state-trials" | "identity-trials";

/** The stacks of fixtures/protected.ts, on a trial's own local cloud. */
export class ProtectedStacks {
  private readonly output: string;
  private readonly env: NodeJS.ProcessEnv;
  private readonly cognito: CognitoIdentityProvider;

  constructor(
    name: string,
    private readonly outputs: Outputs,
  ) {
    const folder = join(".local", "trials", name);
    this.output = join(folder, "protected");
    this.env = { ...parseEnv(readFileSync(join(ROOT, folder, "env"), "utf8")), LOCAL_DIR: folder };
    const { endpoint, region } = outputs;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    this.cognito = new CognitoIdentityProvider({ endpoint, region, credentials, maxAttempts: 1 });
  }

  /** Deploys both stacks with the real cdktf. */
  async deploy(): Promise<void> {
    const { endpoint, region } = this.outputs;
    const ses = ["ses", "verify-email-identity", "--email-address", "no-reply@mail.example.org"];
    await run("aws", [...ses, "--endpoint-url", endpoint, "--region", region], ROOT, this.env);
    const app = ["--app", "node --import tsx __tests__/trials/fixtures/protected.ts", "--output", this.output];
    const options = ["--auto-approve", "--skip-provider-lock", ...app];
    const cdktf = join(ROOT, "node_modules/.bin/cdktf");
    await succeed(run(cdktf, ["deploy", "state-trials", "identity-trials", ...options], ROOT, this.env));
  }

  terraform(stack: Stack, ...args: string[]): Promise<{ code: number; output: string }> {
    return run("terraform", args, join(ROOT, this.output, "stacks", stack), this.env);
  }

  /** The addresses of a stack's resources. */
  async resources(stack: Stack): Promise<string[]> {
    const list = await succeed(this.terraform(stack, "state", "list"));
    return list.split("\n").filter((address) => /^\w+\.\S+$/.test(address));
  }

  /** What Terraform would still change, as `update aws_cognito_user_pool.people_pool_6B267752`. */
  async planned(stack: Stack): Promise<string[]> {
    await succeed(this.terraform(stack, "plan", "-input=false", "-out", "again"));
    const { output } = await this.terraform(stack, "show", "-json", "again");
    return changesIn(output.slice(output.indexOf('{"format_version"')));
  }

  /** Signs somebody in again and again while `work` runs. @returns the errors, and how often it was tried */
  async signInDuring(work: () => Promise<unknown>): Promise<{ errors: string[]; tries: number }> {
    const { output } = await this.terraform("identity-trials", "output", "-json");
    const { pools } = JSON.parse(output.slice(output.indexOf("{\n")));
    const { userPoolId: UserPoolId, clientId: ClientId } = pools.value.people;
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
