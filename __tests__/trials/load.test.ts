import { randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { CognitoIdentityProvider, paginateListUsers } from "@aws-sdk/client-cognito-identity-provider";
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import type { Outputs } from "../../local/outputs";
import { OwnCloud } from "./own-cloud";
import { say } from "./say";

/** How long the load takes, in minutes: half of it with one client, half with eight at a time. */
const minutes = Number(process.env.TRIAL_MINUTES ?? 10);
jest.setTimeout((minutes * 3 + 60) * 60_000);

const cloud = new OwnCloud("load");
afterAll(() => cloud.stop());

const PASSWORD = "correct horse battery staple";
/** The users whose sign-up was answered, and those whose was not, because a process was killed. */
const [made, unanswered] = [new Set<string>(), new Set<string>()];
let outputs: Outputs;

function connect() {
  const { endpoint, region, pools } = outputs;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const cognito = new CognitoIdentityProvider({ endpoint, region, credentials, maxAttempts: 1 });
  const { userPoolId = "", clientId = "" } = pools.anonymous ?? {};
  return { cognito, endpoint, userPoolId, clientId };
}
type Connection = ReturnType<typeof connect>;

/** Signs in with SRP. @returns the refresh token */
function signIn({ endpoint, userPoolId, clientId }: Connection, Username: string): Promise<string> {
  const Pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint });
  const user = new CognitoUser({ Username, Pool });
  return new Promise((resolve, onFailure) =>
    user.authenticateUser(new AuthenticationDetails({ Username, Password: PASSWORD }), {
      onSuccess: (session) => resolve(session.getRefreshToken().getToken()),
      onFailure,
    }),
  );
}

/** One client: it signs somebody up, signs in as the new or an earlier user, and refreshes, again and again. */
async function client(connection: Connection, goesOn: () => boolean): Promise<number> {
  const own: string[] = [];
  let calls = 0;
  while (goesOn()) {
    const Username = `user-${randomUUID()}`;
    unanswered.add(Username);
    await connection.cognito.signUp({ ClientId: connection.clientId, Username, Password: PASSWORD });
    made.add(Username);
    unanswered.delete(Username);
    own.push(Username);
    const RefreshToken = await signIn(connection, own[Math.floor(Math.random() * own.length)] ?? Username);
    const { clientId: ClientId } = connection;
    for (let i = 0; i < 2; i++) await connection.cognito.getTokensFromRefreshToken({ ClientId, RefreshToken });
    calls += 5;
  }
  return calls;
}

/** Runs clients for some minutes. @returns how many calls they made, all of them answered */
async function load(clients: number, share: number): Promise<number> {
  const connection = connect();
  const end = Date.now() + share * minutes * 60_000;
  const counts = await Promise.all(Array.from({ length: clients }, () => client(connection, () => Date.now() < end)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function usersOf({ cognito, userPoolId }: Connection): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { Users = [] } of paginateListUsers({ client: cognito }, { UserPoolId: userPoolId }))
    for (const { Username = "" } of Users) found.add(Username);
  return found;
}

/** Every user that was reported made exists and signs in, and no other exists, but those without an answer. */
async function checkUsers(): Promise<void> {
  const connection = connect();
  const found = await usersOf(connection);
  expect([...made].filter((name) => !found.has(name))).toEqual([]);
  expect([...found].filter((name) => !made.has(name) && !unanswered.has(name))).toEqual([]);
  const { UserPool } = await connection.cognito.describeUserPool({ UserPoolId: connection.userPoolId });
  expect(UserPool?.EstimatedNumberOfUsers).toBe(found.size);
  const names = [...made];
  const next = async () => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) await signIn(connection, name);
  };
  await Promise.all(Array.from({ length: 8 }, next));
}

const report = (what: string, figures: object) => say(`${what}: ${JSON.stringify(figures)}`);

/** The open files and sockets of both processes, where the system shows them. */
const descriptors = () =>
  Object.values(cloud.processes()).map((pid) => {
    const folder = `/proc/${pid}/fd`;
    return existsSync(folder) ? readdirSync(folder).length : undefined;
  });

it("answers every call, first of one client and then of eight, with flat memory", async () => {
  outputs = await cloud.start({ fresh: true });
  await load(1, 0.05);
  for (const clients of [1, 8]) {
    await load(clients, 0.05);
    const before = cloud.memory();
    const calls = await load(clients, 0.425);
    const after = cloud.memory();
    report(`${clients} at a time`, { calls, before, after, users: made.size, descriptors: descriptors() });
    // The gateway holds no user in memory. The emulator holds the functions' logs: some 2 KB for each call.
    expect(after.gateway - before.gateway).toBeLessThan(100);
    expect(after.emulator - before.emulator).toBeLessThan(40 + (calls * 4) / 1024);
  }
  expect(unanswered.size).toBe(0);
  await checkUsers();
});

it.each(["emulator", "gateway"] as const)("loses nobody whom it reported, when the %s is killed", async (which) => {
  const connection = connect();
  let calls = 0;
  const clients = Array.from({ length: 8 }, () =>
    client(connection, () => true).then(
      () => {},
      // The call that was under way at the kill, and no other.
      () => calls++,
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, Math.min(20, minutes * 6) * 1000));
  expect(calls).toBe(0);
  await cloud.kill(which);
  await Promise.all(clients);
  report(`${which} killed`, { made: made.size, unanswered: unanswered.size });
  outputs = await cloud.start({ fresh: false });
  await checkUsers();
});
