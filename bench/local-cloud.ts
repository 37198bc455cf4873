import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import { localPath } from "../local/local-folder";
import { lockHolder } from "../local/lock";
import { publishedOutputs } from "../local/outputs";
import { printTable, ratio, type Spread, spreadInWords, spreadOf } from "./samples";

const PASSWORD = "correct horse battery staple";
/** How many calls there are of each kind, and at a time. */
const CALLS = 64;
const AT_A_TIME = [1, 16];

interface Pool {
  readonly userPoolId: string;
  readonly clientId: string;
}

/** What one kind of call took: the time of each, and the gateway's CPU for one, in milliseconds. */
interface Measured {
  readonly time: Spread;
  readonly cpu?: number;
}

/** Sign-ups, sign-ins and refreshes through a running local cloud, with triggers and in a pool without. */
export async function benchLocalCloud(): Promise<void> {
  const outputs = publishedOutputs();
  if (!outputs) {
    console.log('The local cloud does not run: start "npm run local" in another terminal to measure it.');
    return;
  }
  const { endpoint, region } = outputs;
  const { userPoolId, clientId } = outputs.pools.anonymous ?? {};
  if (!userPoolId || !clientId) throw new Error("The local cloud has no pool `anonymous` to measure.");
  const cognito = new CognitoIdentityProvider({
    endpoint,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const plain = await poolWithoutTriggers(cognito);
  try {
    const before = await measure(cognito, endpoint, plain);
    const after = await measure(cognito, endpoint, { userPoolId, clientId });
    console.log(`Calls through the local cloud, ${CALLS} of each:\n`);
    printTable(
      ["call", "without triggers", "the pool `anonymous`", "×", "the gateway's CPU", "without triggers"],
      [...after].map(([what, { time, cpu }]) => {
        const base = before.get(what) ?? { time };
        return [
          what,
          spreadInWords(base.time, "ms"),
          spreadInWords(time, "ms"),
          ratio(time, base.time),
          ...[cpu, base.cpu].map((one) => (one === undefined ? "not measured" : `${one.toFixed(1)} ms`)),
        ];
      }),
    );
  } finally {
    await cognito.deleteUserPool({ UserPoolId: plain.userPoolId });
  }
}

async function poolWithoutTriggers(cognito: CognitoIdentityProvider): Promise<Pool> {
  const { UserPool } = await cognito.createUserPool({
    PoolName: `bench-${randomUUID()}`,
    Policies: { PasswordPolicy: { MinimumLength: 12 } },
  });
  const userPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await cognito.createUserPoolClient({
    UserPoolId: userPoolId,
    ClientName: "bench",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  return { userPoolId, clientId: UserPoolClient?.ClientId ?? "" };
}

/** Every kind of call, each with new users, in an order in which each call has what it needs. */
async function measure(cognito: CognitoIdentityProvider, endpoint: string, pool: Pool): Promise<Map<string, Measured>> {
  const { userPoolId: UserPoolId, clientId: ClientId } = pool;
  const measured = new Map<string, Measured>();
  for (const atATime of AT_A_TIME) {
    const names = Array.from({ length: CALLS }, () => `bench-${randomUUID()}`);
    const tokens = new Map<string, string>();
    const calls: Record<string, (name: string) => Promise<unknown>> = {
      "sign-up": (Username) => cognito.signUp({ ClientId, Username, Password: PASSWORD }),
      "sign-in by password": async (USERNAME) => {
        const AuthParameters = { USERNAME, PASSWORD };
        const { AuthenticationResult } = await cognito.initiateAuth({
          ClientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters,
        });
        tokens.set(USERNAME, AuthenticationResult?.RefreshToken ?? "");
      },
      "sign-in by SRP": (name) => signInBySrp({ endpoint, pool, name }),
      refresh: (name) => cognito.getTokensFromRefreshToken({ ClientId, RefreshToken: tokens.get(name) }),
    };
    for (const [what, call] of Object.entries(calls)) {
      measured.set(`${what}, ${atATime} at a time`, await timed(names, atATime, call));
      if (what !== "sign-up") continue;
      for (const Username of names) await confirm(cognito, UserPoolId, Username);
    }
  }
  return measured;
}

/** Confirms a user whom no trigger has confirmed. */
async function confirm(cognito: CognitoIdentityProvider, UserPoolId: string, Username: string): Promise<void> {
  const { UserStatus } = await cognito.adminGetUser({ UserPoolId, Username });
  if (UserStatus !== "CONFIRMED") await cognito.adminConfirmSignUp({ UserPoolId, Username });
}

function signInBySrp({ endpoint, pool, name }: { endpoint: string; pool: Pool; name: string }): Promise<unknown> {
  const Pool = new CognitoUserPool({ UserPoolId: pool.userPoolId, ClientId: pool.clientId, endpoint });
  const user = new CognitoUser({ Username: name, Pool });
  return new Promise((onSuccess, onFailure) => {
    user.authenticateUser(new AuthenticationDetails({ Username: name, Password: PASSWORD }), { onSuccess, onFailure });
  });
}

/** Calls once for each name, some at a time. */
async function timed(
  names: readonly string[],
  atATime: number,
  call: (name: string) => Promise<unknown>,
): Promise<Measured> {
  const [left, times] = [[...names], [] as number[]];
  const before = gatewayCpu();
  const work = async () => {
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      const start = performance.now();
      await call(name);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  const after = gatewayCpu();
  const cpu = before === undefined || after === undefined ? undefined : (after - before) / names.length;
  return { time: spreadOf(times), cpu };
}

/** The CPU that the process of the local cloud has used, in milliseconds. Linux counts it in hundredths of a second. */
function gatewayCpu(): number | undefined {
  const file = `/proc/${lockHolder(localPath("lock"))}/stat`;
  if (!existsSync(file)) return undefined;
  const [user = 0, system = 0] = readFileSync(file, "utf8").split(") ")[1]?.split(" ").slice(11, 13).map(Number) ?? [];
  return (user + system) * 10;
}
