import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DescribeUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import { freePort } from "../../local/prerequisites";
import { chromiumBrowser, closeBrowser, describePage } from "./browser";
import { cognito, endpoint, outputs, PASSWORD, pools, uniqueName } from "./cloud";
import { functionOf } from "./functions";
import { callJson, callQuery } from "./services";

/** An empty page, at whatever name it is asked for. */
let site: Server;
let sitePort: number;
/** Where its path `/redirect` leads. */
let redirect = "";
let page: Page;

beforeAll(async () => {
  site = createServer(({ url }, outgoing) => {
    if (url === "/redirect") outgoing.writeHead(302, { location: redirect }).end();
    else outgoing.setHeader("content-type", "text/html").end("<iframe name=f></iframe>");
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  sitePort = (site.address() as AddressInfo).port;
});
afterAll(() => void site?.close());

const { port } = new URL(endpoint || "http://127.0.0.1");
const byName = `http://localhost:${port}`;
const credential = (service: string) =>
  `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F20200101%2Feu-west-1%2F${service}%2Faws4_request` +
  "&X-Amz-Date=20200101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=00";
const trust = encodeURIComponent('{"Version":"2012-10-17","Statement":[]}');
const makeRole = (name: string) =>
  `Action=CreateRole&Version=2010-05-08&RoleName=${name}&AssumeRolePolicyDocument=${trust}`;
const roles = async () => (await callQuery("iam", "ListRoles", { MaxItems: "1000" })).match(/<RoleName>[^<]+/g) ?? [];

const attacked = () => functionOf("identity-local-anonymous-pre-sign-up");
const logged = async () => {
  const input = { logGroupName: (await attacked()).logGroup };
  return (await callJson<{ events: object[] }>("logs", "Logs_20140328.FilterLogEvents", input)).events.length;
};

describePage("the front door", () => {
  closeBrowser();
  beforeEach(async () => {
    page = await (await (await chromiumBrowser()).newContext()).newPage();
  });
  afterEach(() => page.context().close());

  it("blocks everything that a page of another site sends", async () => {
    const before = await logged();
    const name = `made-by-a-page-${await freePort()}`;
    const statuses: number[] = [];
    page.context().on("response", (answer) => {
      if (!answer.url().startsWith("http://evil.example")) statuses.push(answer.status());
    });
    await page.goto(`http://evil.example:${sitePort}/`);
    await page.addScriptTag({ path: join(__dirname, "fixtures/hostile-page.js") });
    const targets = {
      bases: [endpoint, byName],
      web: outputs.web,
      roleQuery: `${makeRole(name)}&${credential("iam")}`,
      invoke: `/2015-03-31/functions/${(await attacked()).name}/invocations?${credential("lambda")}`,
      pool: pools.anonymous.userPoolId,
    };
    const seen = await page.evaluate<string[]>(`attack(${JSON.stringify(targets)})`);
    expect(seen).toEqual([]);
    expect(statuses.length).toBeGreaterThan(40);
    expect(new Set(statuses)).toEqual(new Set([403]));
    expect(await roles()).not.toContain(`<RoleName>${name}`);
    expect(await logged()).toBe(before);
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: pools.anonymous.userPoolId }));
    expect(UserPool?.Id).toBe(pools.anonymous.userPoolId);
  });

  it("blocks what a typed address of another site redirects to", async () => {
    const name = `made-by-a-redirect-${await freePort()}`;
    for (const path of ["/a_b/.well-known/x", `/${pools.anonymous.userPoolId}/.well-known/jwks.json`, "/_local/x"]) {
      redirect = `${endpoint}${path}?${makeRole(name)}&${credential("iam")}`;
      const answer = await page.goto(`http://evil.example:${sitePort}/redirect`);
      expect(answer?.status()).toBe(403);
    }
    expect(await roles()).not.toContain(`<RoleName>${name}`);
  });

  it("accepts what a program sends: the same request creates a role", async () => {
    const name = `made-by-a-program-${await freePort()}`;
    const answer = await fetch(`${endpoint}/?${makeRole(name)}&${credential("iam")}`, { method: "POST", body: "x" });
    expect(await answer.text()).toContain(name);
    expect(await roles()).toContain(`<RoleName>${name}`);
    await callQuery("iam", "DeleteRole", { RoleName: name });
  });

  it.each([() => port, () => new URL(outputs.web).port])("is called by no other name (%#)", async (wanted) => {
    const answer = await page.goto(`http://evil.example:${wanted()}/_local/mailbox`);
    expect(answer?.status()).toBe(403);
    expect(await page.innerText("body")).toContain("This local cloud answers to localhost and 127.0.0.1");
  });

  it.each(["localhost", "127.0.0.1"])(
    "lets a page at another port of %s sign somebody up, and no more",
    async (host) => {
      await page.goto(`http://${host}:${sitePort}/`);
      const call = (base: string, operation: string, input: object) =>
        page.evaluate(
          async ([address, name, body]) => {
            const headers = {
              "x-amz-target": `AWSCognitoIdentityProviderService.${name}`,
              "content-type": "application/x-amz-json-1.1",
            };
            return (await fetch(address, { method: "POST", headers, body })).json();
          },
          [base, operation, JSON.stringify(input)] as const,
        );
      for (const base of [endpoint, byName]) {
        const ClientId = pools.anonymous.clientId;
        const somebody = { ClientId, Username: uniqueName(), Password: PASSWORD };
        expect(await call(base, "SignUp", somebody)).toMatchObject({ UserConfirmed: true });
        const runs = await page.evaluate(
          async (address) => (await fetch(address)).json(),
          `${base}/_local/triggers.json`,
        );
        expect(runs).not.toEqual([]);
        expect(await call(base, "ListUsers", { UserPoolId: pools.anonymous.userPoolId })).toEqual({
          __type: "AccessDeniedException",
          message: "Only programs may do this, and not a page in a browser.",
        });
      }
    },
  );

  it("opens the mailbox for a person who types its address or follows the page's link", async () => {
    expect((await page.goto(outputs.mailbox))?.status()).toBe(200);
    await page.goto(outputs.web);
    const [mailbox] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("link", { name: "Mailbox" }).first().click(),
    ]);
    await mailbox.waitForLoadState();
    expect(await mailbox.innerText("h1 >> nth=0")).toBe("Mailbox");
  });
});
