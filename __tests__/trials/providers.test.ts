import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { checked } from "../../lib/checked-settings";
import { identityProvidersSchema } from "../../lib/identity-providers";
import { provideIdentityProviders } from "../../lib/pool-providers";
import { providersOf } from "../../lib/provider-types";
import { awsProvider } from "../../lib/terraform";
import { findMirrors, mirrorConfiguration, mirrorFolders } from "../../local/mirrors";
import { wantedProviders } from "../../local/providers";
import { EVERY_PROVIDER } from "../every-provider";
import { LOCAL, testEnvironment } from "../lib/synthesized";

jest.setTimeout(10 * 60_000);

// No emulator adds to a provider what AWS adds, so this one does, as AWS documents it:
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeIdentityProvider.html

const addresses = {
  attributes_url_add_attributes: "false",
  authorize_url: "https://a.example",
  token_url: "https://t",
};
const large = { ...addresses, token_request_method: "POST" };
const ADDED: Record<string, Record<string, string>> = {
  Google: { ...large, attributes_url: "https://people.example", oidc_issuer: "https://accounts.google.com" },
  SignInWithApple: { ...large, oidc_issuer: "https://appleid.apple.com" },
  Facebook: { ...large, api_version: "v17.0", attributes_url: "https://graph.example" },
  LoginWithAmazon: { ...large, attributes_url: "https://api.example" },
  OIDC: { ...addresses, attributes_url: "https://u.example", jwks_uri: "https://j.example" },
  SAML: {
    ActiveEncryptionCertificate: "MII",
    SLORedirectBindingURI: "https://slo.example",
    SSORedirectBindingURI: "https://sso.example",
  },
};

interface Described {
  ProviderName: string;
  ProviderType: string;
  ProviderDetails: Record<string, string>;
}

const providers = new Map<string, Described>();
const calls: { operation: string; input: Described }[] = [];
let secrets = "known to both";
const key = "-----BEGIN PRIVATE KEY-----\nMIGT+a/b\nAgE=\n-----END PRIVATE KEY-----\n";

function answer(operation: string, input: Described): object {
  calls.push({ operation, input });
  const { ProviderName: name } = input;
  switch (operation) {
    case "CreateIdentityProvider":
    case "UpdateIdentityProvider": {
      const before = providers.get(name);
      const made = { ...before, ...input, ProviderDetails: input.ProviderDetails ?? before?.ProviderDetails };
      providers.set(name, made);
      return { IdentityProvider: made };
    }
    case "DescribeIdentityProvider": {
      const { ProviderDetails, ...provider } = providers.get(name) as Described;
      const { private_key: _, ...given } = { ...ADDED[provider.ProviderType], ...ProviderDetails };
      return { IdentityProvider: { ...provider, ProviderDetails: given } };
    }
    case "GetParameter":
      return { Parameter: { Name: "/x", Type: "SecureString", Value: secrets, Version: 1, ARN: "arn:aws:ssm:::p" } };
    case "GetSecretValue": {
      const { SecretId } = input as unknown as { SecretId: string };
      const SecretString = SecretId.endsWith("apple") ? key : secrets;
      return { ARN: "arn:aws:secretsmanager:::s", Name: SecretId, SecretString, VersionId: "1", CreatedDate: 1 };
    }
    default:
      return {};
  }
}

const CALLER = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${LOCAL.account}</Account>
<Arn>arn:aws:iam::${LOCAL.account}:root</Arn><UserId>x</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const server = createServer(async (incoming, outgoing) => {
  const body = await text(incoming);
  const target = incoming.headers["x-amz-target"];
  if (target) {
    const operation = String(target).replace(/^.*\./, "");
    const json = JSON.stringify(answer(operation, JSON.parse(body)));
    outgoing.setHeader("content-type", "application/x-amz-json-1.1").end(json);
  } else if (body.includes("GetCallerIdentity")) outgoing.setHeader("content-type", "text/xml").end(CALLER);
  // Terraform's provider asks IAM first who it is, and then STS.
  else outgoing.writeHead(403).end();
});
const folder = mkdtempSync(join(tmpdir(), "providers-"));

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const wanted = wantedProviders().aws;
  const mirrors = findMirrors(mirrorFolders(), [wanted]);
  if (mirrors.length > 0) writeFileSync(join(folder, "terraformrc"), mirrorConfiguration(mirrors));
  synthesize();
  expect(await terraform("init")).toMatchObject({ code: 0 });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/** Writes a stack with these providers, and nothing else, into the folder. */
function synthesize(changes: object = {}): void {
  const { port } = server.address() as AddressInfo;
  const environment = testEnvironment({ ...LOCAL, endpoint: `http://127.0.0.1:${port}` });
  const app = new App({ outdir: join(folder, "out") });
  const stack = new TerraformStack(app, "providers");
  new LocalBackend(stack, { path: "providers.tfstate" });
  awsProvider(stack, environment);
  const settings = checked(identityProvidersSchema(), { ...EVERY_PROVIDER, ...changes }, "pool.identityProviders");
  provideIdentityProviders(stack, { id: "eu-west-1_Example" }, providersOf(settings), {});
  app.synth();
  copyFileSync(join(folder, "out/stacks/providers/cdk.tf.json"), join(folder, "cdk.tf.json"));
}

async function terraform(command: string, ...args: string[]) {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: join(folder, "terraformrc") };
  const done = promisify(execFile)("terraform", [command, "-no-color", ...args], { cwd: folder, env });
  return done.then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    ({ code, stdout, stderr }) => ({ code: Number(code), output: `${stdout}${stderr}` }),
  );
}

async function plan(changes: object = {}) {
  synthesize(changes);
  return terraform("plan", "-detailed-exitcode", "-input=false");
}

describe("one provider of each type", () => {
  it("is taken by Terraform's provider", async () => {
    expect(await terraform("validate")).toMatchObject({ code: 0 });
    const { code, output } = await terraform("apply", "-auto-approve", "-input=false");
    expect([code, output]).toEqual([0, expect.stringContaining("6 added")]);
    expect([...providers.keys()].sort()).toEqual([
      "Company",
      "Facebook",
      "Google",
      "LoginWithAmazon",
      "Partner",
      "SignInWithApple",
    ]);
  });

  it("gets its secret, and Apple's key in the form that Cognito takes", () => {
    const given = (name: string) => calls.find(({ input }) => input.ProviderName === name)?.input.ProviderDetails;
    expect(given("Google")?.client_secret).toBe("known to both");
    expect(given("LoginWithAmazon")?.client_secret).toBe("known to both");
    expect(given("SignInWithApple")?.private_key).toBe("MIGT+a/bAgE=");
  });

  it("shows no change in a second plan, though AWS adds details and keeps Apple's key to itself", async () => {
    expect(await plan()).toMatchObject({ code: 0, output: expect.stringContaining("No changes.") });
  });

  it("shows a change of what the settings say", async () => {
    const google = { ...EVERY_PROVIDER.google, scopes: ["openid", "email", "profile"] };
    const { code, output } = await plan({ google });
    expect([code, output]).toEqual([2, expect.stringContaining('"openid email" -> "openid email profile"')]);
    expect(output).toContain("0 to add, 1 to change, 0 to destroy");
  });

  it("shows a secret that is another one", async () => {
    secrets = "another one";
    const { code, output } = await plan();
    expect([code, output]).toEqual([2, expect.stringContaining("0 to add, 4 to change, 0 to destroy")]);
    expect(output).not.toContain("another one");
  });
});
