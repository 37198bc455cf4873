import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { publishedEnvironment } from "../../local/outputs";
import { withoutCloudVariables } from "../../local/shell-variables";
import { ROOT } from "../checkout";
import { CLIENTS, type Client, expectedOf } from "./clients/clients";
import { install, output } from "./clients/install";
import { startPerson } from "./clients/person";
import { stepsIn } from "./clients/steps";
import { OwnCloud } from "./own-cloud";
import { say } from "./say";

jest.setTimeout(20 * 60_000);

const cloud = new OwnCloud("clients");
const variablesOfCloud = () => publishedEnvironment(join(ROOT, ".local", "trials", "clients", "env"));
let userPoolId: string;
let clientId: string;
/** The public keys of the pool. */
let keys: string;
let person: Awaited<ReturnType<typeof startPerson>>;

beforeAll(async () => {
  const outputs = await cloud.start({ fresh: true });
  person = await startPerson(outputs);
  const { endpoint, region, pools } = outputs;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const cognito = new CognitoIdentityProvider({ endpoint, region, credentials });
  userPoolId = pools.verified?.userPoolId ?? "";
  keys = await (await fetch(`${endpoint}/${userPoolId}/.well-known/jwks.json`)).text();
  // The verified pool as it is deployed, but people may turn on an authenticator app. The app client is another one: that
  // of the pool reads and writes the address alone, and lets no administrator sign people in.
  await cognito.setUserPoolMfaConfig({
    UserPoolId: userPoolId,
    MfaConfiguration: "OPTIONAL",
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const { UserPoolClient } = await cognito.createUserPoolClient({
    UserPoolId: userPoolId,
    ClientName: "walk",
    ExplicitAuthFlows: [
      "ALLOW_USER_SRP_AUTH",
      "ALLOW_USER_PASSWORD_AUTH",
      "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
    ],
    PreventUserExistenceErrors: "ENABLED",
  });
  clientId = UserPoolClient?.ClientId ?? "";
});
afterAll(async () => {
  person?.stop();
  await cloud.stop();
});

/** The program that a client needs and this machine has not. */
function missing({ from, program }: Client): string | undefined {
  const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
  if (from === "Go modules" && !has("go", "version")) return "Go is not on the PATH";
  if (program.endsWith(".sh") && !has("curl", "--version")) return "curl is not on the PATH";
  return undefined;
}

/** Where the local cloud is, who walks, and the keys of the pool for the client that verifies tokens. */
const variablesFor = ({ name }: Client, folder: string): NodeJS.ProcessEnv => ({
  ...withoutCloudVariables(process.env),
  ...variablesOfCloud(),
  // Nothing of the files with which this machine's user reaches AWS.
  HOME: folder,
  PATH: `${join(folder, "venv", "bin")}:${process.env.PATH}`,
  WALK_POOL: userPoolId,
  WALK_CLIENT: clientId,
  WALK_NAME: `${name.replaceAll(" ", "-")}@example.org`,
  WALK_PERSON: person.url,
  COGNITO_JWKS: keys,
});

for (const client of CLIENTS) {
  const title = `${client.name} ${client.version}`;
  const reason = missing(client);
  if (reason) say(`${title} is skipped: ${reason}.`);
  (reason ? it.skip : it)(`${title} takes the walk${reason ? `, but ${reason}` : ""}`, async () => {
    const folder = await mkdtemp(join(tmpdir(), "client-"));
    try {
      say(`${title}: installing it from ${client.from} ...`);
      const program = await install(client, folder);
      say(`${title}: walking ...`);
      const { printed, errors, code } = await output(program, folder, variablesFor(client, folder));
      const took = stepsIn(printed);
      const seen = took.map(({ step, did }) => ({ step, did }));
      const expected = expectedOf(client);
      if (code !== 0 || JSON.stringify(seen) !== JSON.stringify(expected)) say(`${printed}\n${errors}`);
      expect(seen).toEqual(expected);
      expect(code).toBe(0);
      say(`${title}: ${took.length} steps as expected`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
