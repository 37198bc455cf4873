import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  paginateListUserPools,
  paginateListUsers,
} from "@aws-sdk/client-cognito-identity-provider";
import { SettingsError } from "../lib/checked-settings";
import { APP, type Environment } from "../lib/environments";
import { parseArguments } from "./arguments";
import { InputError } from "./block-entries";
import { explain, TableError } from "./block-table";
import { connection } from "./connection";
import { type Duplicate, Duplicates, type Profile } from "./duplicate-profiles";
import { environmentNamed } from "./environment-named";

const HELP = `Addresses that several profiles of a pool have (docs/identity-providers.md). Nothing is changed.

  npm run duplicates -- --environment <name> [--pool <id>]

  --pool    Only this pool: its id in lib/identity-stack.ts, such as verified. Without it, every pool of the environment
  --json    Print JSON, one object a line: pool, address and profiles
  --help    Print this

  Exit codes: 0 success, whether there are duplicates or not; 1 AWS refused or failed; 2 wrong arguments.`;

interface CommandLine {
  readonly environment: Environment;
  readonly pool?: string;
  readonly json: boolean;
}

interface Pool {
  readonly id: string;
  /** Its name in AWS, as `identity-prod-verified`. */
  readonly name: string;
}

/** Runs the command of the arguments, prints what it finds, and returns the exit code. */
export async function run(args: string[]): Promise<number> {
  let line: CommandLine | undefined;
  try {
    line = readCommandLine(args);
    if (line) return await report(line);
    console.log(HELP);
    return 0;
  } catch (thrown) {
    const error = line ? explain(thrown, line.environment) : thrown;
    const isInput = error instanceof InputError || error instanceof SettingsError;
    console.error(isInput || error instanceof TableError ? error.message : error);
    return isInput ? 2 : 1;
  }
}

function readCommandLine(args: string[]): CommandLine | undefined {
  const options = {
    environment: { type: "string" },
    pool: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  const { help, environment, pool, json } = parseArguments({ args, options }, usage).values;
  if (help) return undefined;
  return { environment: environmentNamed(environment, usage), pool, json };
}

const usage = (sentence: string) => new InputError(`${sentence}; npm run duplicates -- --help says more.`);

async function report({ environment, pool: wanted, json }: CommandLine): Promise<number> {
  const client = new CognitoIdentityProviderClient(connection(environment));
  const prefix = `${APP}-${environment.name}-`;
  const all = await poolsOf(client, environment, prefix);
  const pools = all.filter(({ name }) => wanted === undefined || name === `${prefix}${wanted}`);
  if (pools.length === 0) {
    const names = all.map(({ name }) => name.slice(prefix.length)).join(", ") || "none";
    throw wanted === undefined
      ? new TableError(`${environment.name} has no pools: deploy identity-${environment.name} first.`)
      : usage(`--pool is "${wanted}", but the pools of ${environment.name} are ${names}`);
  }
  for (const pool of pools) {
    const duplicates = await duplicatesIn(client, pool);
    const found = duplicates.found();
    if (json) for (const one of found) console.log(JSON.stringify({ pool: pool.name, ...one }));
    else print(pool, duplicates.profiles, found);
  }
  return 0;
}

/**
 * The pools of the environment.
 * @throws TableError when they are in another account
 */
async function poolsOf(
  client: CognitoIdentityProviderClient,
  { name: environment, account }: Environment,
  prefix: string,
): Promise<Pool[]> {
  const pools: Pool[] = [];
  for await (const { UserPools = [] } of paginateListUserPools({ client }, { MaxResults: 60 })) {
    for (const { Id: id = "", Name: name = "" } of UserPools) {
      if (!name.startsWith(prefix)) continue;
      const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: id }));
      // The name of another environment can begin with this one's.
      const owner = UserPool?.UserPoolTags?.environment ?? environment;
      if (owner !== environment) continue;
      const [, , , , actual] = UserPool?.Arn?.split(":") ?? [];
      if (actual !== undefined && actual !== account) {
        throw new TableError(`The AWS credentials are of account ${actual}, but ${environment} is account ${account}.`);
      }
      pools.push({ id, name });
    }
  }
  return pools;
}

async function duplicatesIn(client: CognitoIdentityProviderClient, { id }: Pool): Promise<Duplicates> {
  const duplicates = new Duplicates();
  for await (const { Users = [] } of paginateListUsers({ client }, { UserPoolId: id, Limit: 60 })) {
    for (const user of Users) duplicates.add(user);
  }
  return duplicates;
}

function print({ name }: Pool, profiles: number, found: readonly Duplicate[]): void {
  const several = found.length === 1 ? "1 address" : `${found.length} addresses`;
  const looked = `${name}: looked at ${profiles === 1 ? "1 profile" : `${profiles} profiles`}`;
  console.log(found.length === 0 ? `${looked}; no address is in two.` : `${looked}; ${several} in more than one.`);
  for (const { address, profiles: same } of found) {
    console.log(`\n${address}`);
    for (const profile of same) console.log(`  ${rowOf(profile)}`);
  }
}

function rowOf({ userName, status, enabled, verified, doors, email, created }: Profile): string {
  const parts = [
    userName,
    status,
    `by ${doors.join(" and ") || "nothing"}`,
    `${email} ${verified ? "verified" : "not verified"}`,
    ...(enabled ? [] : ["disabled"]),
    ...(created ? [`since ${created.slice(0, 10)}`] : []),
  ];
  return parts.join(", ");
}

if (require.main === module) {
  // The SDK's warning about the version of Node does not help the person who runs this command.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  // The reader of a pipe may stop early, as `head` does.
  process.stdout.on("error", () => process.exit());
  void run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
