import { nextStep } from "../../../functions/custom-auth/define";
import { timedCode, wrongCode } from "../authenticator";
import { PASSWORD, type TriggerEvent } from "../fake-cloud";
import { FLOWS, type PoolWithFactors, poolWithFactors } from "../pool-with-factors";

/** The functions of `customAuth`, as this project has them; the code is always 42. */
const functionsOf = (passwordFirst: boolean) => ({
  DefineAuthChallenge: ({ request }: TriggerEvent) => nextStep(request, { passwordFirst }),
  CreateAuthChallenge: () => ({ publicChallengeParameters: {}, privateChallengeParameters: {} }),
  VerifyAuthChallengeResponse: ({ request }: TriggerEvent) => ({ answerCorrect: request.challengeAnswer === "42" }),
});

const pools: Record<string, PoolWithFactors> = {};
beforeAll(async () => {
  pools.optional = await poolWithFactors("OPTIONAL", functionsOf(true));
  pools.required = await poolWithFactors("ON", {
    ...functionsOf(true),
    UserMigration: () => ({ userAttributes: {}, finalUserStatus: "CONFIRMED", messageAction: "SUPPRESS" }),
  });
  const mfa = { SmsMfaConfiguration: { SmsAuthenticationMessage: "{####}" } };
  pools.both = await poolWithFactors("OPTIONAL", {}, { mfa });
  pools.passwordless = await poolWithFactors("ON", functionsOf(false));
});
afterAll(async () => {
  jest.restoreAllMocks();
  for (const { cloud } of Object.values(pools)) await cloud.close();
});

const pre = "PreAuthentication_Authentication";
const post = "PostAuthentication_Authentication";
const tokens = "TokenGeneration_Authentication";
const firstTokens = "TokenGeneration_NewPasswordChallenge";
const migrated = "UserMigration_Authentication";
const define = "DefineAuthChallenge_Authentication";
const create = "CreateAuthChallenge_Authentication";
const verify = "VerifyAuthChallengeResponse_Authentication";

/** Who signs in, and what the steps before have given. */
interface Walk {
  readonly pool: PoolWithFactors;
  /** How the row signs in: an administrator's program also responds as one. */
  readonly how: string;
  readonly USERNAME: string;
  readonly secret: string;
  readonly Session: string;
  readonly provePassword: () => Promise<object>;
}
type StepOfWalk = [does: string, run: (walk: Walk) => Promise<object>, sources: string[], next?: string];

const typeCode = ({ pool, how, USERNAME, Session }: Walk, SOFTWARE_TOKEN_MFA_CODE: string) =>
  pool.respond("SOFTWARE_TOKEN_MFA", Session, { USERNAME, SOFTWARE_TOKEN_MFA_CODE }, {}, how);
const codeFor = (last: string): StepOfWalk => [
  "the code of the app",
  (walk) => typeCode(walk, walk.pool.newCode(walk.secret)),
  [post, last],
];
const code = codeFor(tokens);
const wrong: StepOfWalk = [
  "a wrong code",
  (walk) => typeCode(walk, wrongCode(walk.secret)).catch(() => ({ ChallengeName: "refused" })),
  [],
  "refused",
];
const setup = (last: string): StepOfWalk[] => [
  [
    "the secret",
    async ({ pool, Session }) => {
      const { SecretCode, ...others } = await pool.associate(Session);
      return { ...others, secret: SecretCode };
    },
    [],
  ],
  ["its first code", ({ pool, secret, Session }) => pool.verify(Session, timedCode(secret)), []],
  [
    "the end",
    ({ pool, how, USERNAME, Session }) => pool.respond("MFA_SETUP", Session, { USERNAME }, {}, how),
    [post, last],
  ],
];
const temporary: StepOfWalk = [
  "the temporary password",
  async ({ pool, USERNAME }) => {
    await pool.cloud.call("AdminSetUserPassword", { Username: USERNAME, Password: PASSWORD });
    return pool.signIn("USER_PASSWORD_AUTH", USERNAME);
  },
  [pre],
  "NEW_PASSWORD_REQUIRED",
];
const replaceIt = (next: string): StepOfWalk => [
  "the new password",
  ({ pool, USERNAME, Session }) =>
    pool.respond("NEW_PASSWORD_REQUIRED", Session, { USERNAME, NEW_PASSWORD: `${PASSWORD}!` }),
  [],
  next,
];
const beginCustom: StepOfWalk = [
  "the name",
  async ({ pool, USERNAME }) => {
    const { asked, provePassword } = await pool.beginCustom(USERNAME);
    return { ...asked, provePassword };
  },
  [define],
  "PASSWORD_VERIFIER",
];
const password = (sources: string[], next: string): StepOfWalk => [
  "the password",
  ({ provePassword }) => provePassword(),
  sources,
  next,
];
const answer: StepOfWalk = [
  "the mailed code",
  ({ pool, USERNAME, Session }) => pool.respond("CUSTOM_CHALLENGE", Session, { USERNAME, ANSWER: "42" }),
  [verify, define, post, tokens],
];

let people = 0;
/** Whoever is unknown to the pool, and known to the migration function. */
const MIGRATED = "of the directory before";

type Row = [who: string, pool: string, how: string, hasApp: boolean, steps: StepOfWalk[]];
const rows: Row[] = [
  ...FLOWS.flatMap((flow): Row[] => {
    const signIn = (next: string): StepOfWalk => [
      "the password",
      ({ pool, USERNAME }) => pool.signIn(flow, USERNAME),
      [pre],
      next,
    ];
    return [
      ["with an app", "optional", flow, true, [signIn("SOFTWARE_TOKEN_MFA"), wrong, code]],
      ["without an app", "required", flow, false, [signIn("MFA_SETUP"), ...setup(tokens)]],
    ];
  }),
  [
    "without an app",
    "optional",
    "USER_PASSWORD_AUTH",
    false,
    [["the password", ({ pool, USERNAME }) => pool.signIn("USER_PASSWORD_AUTH", USERNAME), [pre, post, tokens]]],
  ],
  [
    "with a temporary password",
    "required",
    "USER_PASSWORD_AUTH",
    false,
    [temporary, replaceIt("MFA_SETUP"), ...setup(firstTokens)],
  ],
  [
    "with an app and a temporary password",
    "optional",
    "USER_PASSWORD_AUTH",
    true,
    [temporary, replaceIt("SOFTWARE_TOKEN_MFA"), codeFor(firstTokens)],
  ],
  [
    "with two factors",
    "both",
    "USER_PASSWORD_AUTH",
    true,
    [
      [
        "the password",
        async ({ pool, USERNAME }) => {
          const UserAttributes = [{ Name: "phone_number", Value: "+31600000000" }];
          await pool.cloud.call("AdminUpdateUserAttributes", { Username: USERNAME, UserAttributes });
          const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: false };
          await pool.prefer({ Username: USERNAME, SoftwareTokenMfaSettings, SMSMfaSettings: { Enabled: true } });
          return pool.signIn("USER_PASSWORD_AUTH", USERNAME);
        },
        [pre],
        "SELECT_MFA_TYPE",
      ],
      [
        "the choice",
        ({ pool, USERNAME, Session }) =>
          pool.respond("SELECT_MFA_TYPE", Session, { USERNAME, ANSWER: "SOFTWARE_TOKEN_MFA" }),
        [],
        "SOFTWARE_TOKEN_MFA",
      ],
      code,
    ],
  ],
  [
    MIGRATED,
    "required",
    "USER_PASSWORD_AUTH",
    false,
    [
      [
        "the password",
        ({ pool, USERNAME }) => pool.signIn("USER_PASSWORD_AUTH", USERNAME),
        [migrated, pre],
        "MFA_SETUP",
      ],
      ...setup(tokens),
    ],
  ],
  // What docs/aws-differences.md says of `customAuth` and a second factor.
  [
    "without an app",
    "optional",
    "passwordFirst",
    false,
    [beginCustom, password([define, create], "CUSTOM_CHALLENGE"), answer],
  ],
  ["with an app", "optional", "passwordFirst", true, [beginCustom, password([], "SOFTWARE_TOKEN_MFA"), code]],
  ["without an app", "required", "passwordFirst", false, [beginCustom, password([], "MFA_SETUP"), ...setup(tokens)]],
  [
    "without an app",
    "passwordless",
    "a mailed code",
    false,
    [
      [
        "the name",
        ({ pool, USERNAME }) =>
          pool.cloud.call("InitiateAuth", { AuthFlow: "CUSTOM_AUTH", AuthParameters: { USERNAME } }),
        [define, create],
        "CUSTOM_CHALLENGE",
      ],
      answer,
    ],
  ],
];

// Post authentication and the tokens come after the factor, and pre authentication comes before the password.
describe("the triggers of each step, in order", () => {
  it.each(rows)("%s, in the pool %s: %s", async (who, poolName, how, hasApp, steps) => {
    const pool = pools[poolName] as PoolWithFactors;
    const USERNAME = `person-${people++}`;
    if (who !== MIGRATED) await pool.cloud.addUser(USERNAME);
    const secret = hasApp ? await pool.withApp({}, USERNAME) : "";
    let walk: Walk = { pool, how, USERNAME, secret, Session: "", provePassword: async () => ({}) };
    for (const [index, [does, run, sources, next]] of steps.entries()) {
      pool.cloud.events.length = 0;
      const result: { ChallengeName?: string; AuthenticationResult?: object } = await run(walk);
      const isLast = index === steps.length - 1;
      expect([does, pool.cloud.sources(), result.ChallengeName, result.AuthenticationResult !== undefined]).toEqual([
        ...[does, sources, next, isLast],
      ]);
      walk = { ...walk, ...(result.ChallengeName === "refused" ? {} : result) };
    }
  });
});

describe("a sign-in with a factor", () => {
  let pool: PoolWithFactors;
  afterEach(() => pool.cloud.close());

  it("gives the functions the client metadata of the response that ends it", async () => {
    pool = await poolWithFactors("OPTIONAL");
    const secret = await pool.withApp();
    await pool.typeCode((await pool.signIn()).Session, pool.newCode(secret));
    const [first, ...others] = pool.cloud.events;
    expect(first?.request).toMatchObject({ validationData: { from: "the start" } });
    expect(others).toHaveLength(2);
    for (const { request } of others) expect(request).toMatchObject({ clientMetadata: { from: "the end" } });
  });

  it("runs no function where an app is set up, and that of the tokens alone at a refresh", async () => {
    pool = await poolWithFactors("OPTIONAL");
    const AccessToken = await pool.accessToken();
    pool.cloud.events.length = 0;
    const { SecretCode = "" } = await pool.cloud.call("AssociateSoftwareToken", { AccessToken });
    await pool.cloud.call("VerifySoftwareToken", { AccessToken, UserCode: timedCode(SecretCode) });
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    await pool.cloud.call("SetUserMFAPreference", { AccessToken, SoftwareTokenMfaSettings });
    expect(pool.cloud.sources()).toEqual([]);

    const { AuthenticationResult } = await pool.typeCode((await pool.signIn()).Session, pool.newCode(SecretCode));
    pool.cloud.events.length = 0;
    const AuthParameters = { REFRESH_TOKEN: AuthenticationResult?.RefreshToken };
    await pool.cloud.call("InitiateAuth", { AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters });
    expect(pool.cloud.sources()).toEqual(["TokenGeneration_RefreshTokens"]);
  });

  it.each(["PostAuthentication", "PreTokenGeneration"] as const)("gives no tokens where %s throws", async (trigger) => {
    let open = true;
    const refuse = () => {
      if (!open) throw new Error("no");
      return {};
    };
    pool = await poolWithFactors("OPTIONAL", { [trigger]: refuse });
    const secret = await pool.withApp();
    const before = await pool.sessions();
    open = false;
    const { Session } = await pool.signIn();
    await expect(pool.typeCode(Session, pool.newCode(secret))).rejects.toThrow(`${trigger} failed with error no.`);
    expect(await pool.sessions()).toBe(before);
  });
});
