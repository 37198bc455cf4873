import type { SetUserPoolMfaConfigRequest } from "@aws-sdk/client-cognito-identity-provider";
import { timedCode, wrongCode } from "../authenticator";
import { PASSWORD } from "../fake-cloud";
import { type Arrival, type Browser, type HostedPool, hostedPool } from "./hosted-pool";

const triggers = ["PreAuthentication", "PostAuthentication", "PreTokenGeneration"] as const;
const ALL = ["PreAuthentication_Authentication", "PostAuthentication_Authentication", "TokenGeneration_HostedAuth"];
const app = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const textMessages = { SmsMfaConfiguration: { SmsAuthenticationMessage: "{####}" } };

let pool: HostedPool;
let browser: Browser;
afterEach(() => pool.close());

async function start(MfaConfiguration: "ON" | "OPTIONAL", mfa: Partial<SetUserPoolMfaConfigRequest> = app) {
  const functions = Object.fromEntries(triggers.map((name) => [name, () => undefined]));
  pool = await hostedPool(functions, { pool: { MfaConfiguration }, mfa });
  browser = pool.browser();
  await pool.cloud.addUser("jo", { phone_number: "+31600000000" });
}

/** Types the password, up to the page that comes then. */
async function typePassword(by = browser): Promise<Arrival> {
  const page = await by.follow(await by.get(pool.authorize()));
  return by.submit(page, { username: "jo", password: PASSWORD });
}

const secretIn = ({ html }: Arrival) => /authenticator app: ([A-Z2-7]+)/.exec(html)?.[1] ?? "";

/** Sets an app up at the first sign-in of a pool that requires one. */
async function setUp(): Promise<string> {
  const page = await typePassword();
  const secret = secretIn(page);
  expect((await browser.submit(page, { code: timedCode(secret) })).query.has("code")).toBe(true);
  // Another sign-in asks again, not the browser's own one.
  browser = pool.browser();
  pool.cloud.events.length = 0;
  return secret;
}

/** The code of the next step, since each is good once. */
const nextCode = (secret: string) => timedCode(secret, Date.now() + 30_000);

it("has the app set up where the pool requires one, also after a wrong code", async () => {
  await start("ON");
  const page = await typePassword();
  expect(page.html).toContain("Set up an authenticator app");
  const secret = secretIn(page);
  const again = await browser.submit(page, { code: wrongCode(secret) });
  expect([again.status, again.html]).toEqual([400, expect.stringContaining("Code mismatch")]);
  expect(secretIn(again)).toBe(secret);
  expect(pool.cloud.sources()).toEqual(["PreAuthentication_Authentication"]);
  expect((await browser.submit(again, { code: timedCode(secret) })).query.has("code")).toBe(true);
  expect(pool.cloud.sources()).toEqual(ALL);
});

it("asks for a code of the app, and takes each once", async () => {
  await start("ON");
  const secret = await setUp();
  const page = await typePassword();
  expect(page.html).toContain("Type the code of your app");
  expect(page.html).not.toContain(secret);
  const wrong = await browser.submit(page, { code: wrongCode(secret) });
  expect(wrong.html).toContain("Invalid code received for user");
  const code = nextCode(secret);
  expect((await browser.submit(wrong, { code })).query.has("code")).toBe(true);
  expect(pool.cloud.sources()).toEqual(ALL);
  const thief = pool.browser();
  const refused = await thief.submit(await typePassword(thief), { code });
  expect([refused.status, refused.location]).toEqual([400, ""]);
});

it("lets nobody in before the code, nor with the session of another step", async () => {
  await start("ON");
  await setUp();
  const page = await typePassword();
  expect((await browser.follow(await browser.get(pool.authorize()))).html).toContain("<h1>Sign in</h1>");
  const asSetUp = await browser.submit(page, { secret: "ABCD", code: "123456" });
  expect([asSetUp.status, asSetUp.location]).toEqual([400, ""]);
  const asPassword = await browser.send(
    "POST",
    browser.path.replace("/mfa?", "/login?"),
    new URLSearchParams({
      username: "jo",
      new_password: "Another horse 2",
      session: sessionIn(page),
      _csrf: csrfIn(page),
    }),
  );
  expect([asPassword.status, asPassword.location]).toEqual([400, ""]);
});

it("asks nobody who has no app where the pool only offers one", async () => {
  await start("OPTIONAL");
  expect((await typePassword()).query.has("code")).toBe(true);
});

it("takes the app where somebody also has text messages, which are not served", async () => {
  await start("ON", { ...app, ...textMessages });
  const secret = await setUp();
  const notPreferred = { Enabled: true, PreferredMfa: false };
  await pool.cloud.call("AdminSetUserMFAPreference", {
    Username: "jo",
    SMSMfaSettings: notPreferred,
    SoftwareTokenMfaSettings: notPreferred,
  });
  const page = await typePassword();
  expect((await browser.submit(page, { code: nextCode(secret) })).query.has("code")).toBe(true);
});

it("says that it cannot go on where the pool requires a factor that is not served", async () => {
  await start("ON", textMessages);
  expect((await typePassword()).html).toContain("This local cloud does not serve second factors other than");
});

it("begins with the password, whoever opens the page first", async () => {
  await start("ON");
  const page = await browser.get(pool.authorize().replace("oauth2/authorize", "mfa"));
  expect(page.location).toContain("/login?");
});

const inputOf = (name: string) => (at: Arrival) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(at.html)?.[1] ?? "";
const sessionIn = inputOf("session");
const csrfIn = inputOf("_csrf");
