import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pageAt, servePage } from "../../local/page";
import { freePort } from "../../local/prerequisites";
import { ROOT } from "../checkout";
import { closeBrowser, describePage, visiting } from "./browser";
import { run, succeed } from "./cdktf";
import { describeCloud, outputs, PASSWORD, uniqueName } from "./cloud";
import { TEST_DIR } from "./global-setup";

const FOLDER = join(ROOT, TEST_DIR, "web-production");
const address = { web: "" };
let stop: (() => Promise<void>) | undefined;

beforeAll(async () => {
  if (process.env.E2E_SKIP) return;
  const build = ["run", "build:web", "--", "--outDir", FOLDER];
  await succeed(run("npm", build, ROOT, { NODE_ENV: "production" }));
  const port = await freePort();
  address.web = pageAt(port);
  // As hosted for AWS: the page is told of no endpoint, and of nothing that is local.
  const { region, pools } = outputs;
  stop = await servePage(port, () => ({ region, pools }), FOLDER);
});
afterAll(() => stop?.());

const files = () => readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const read = (name: string) => readFileSync(join(FOLDER, name), "utf8");

describeCloud("the page as it is hosted", () => {
  it("is small: what it starts with has under 150 kB of JavaScript, compressed", () => {
    const scripts = [...read("index.html").matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name);
    const size = scripts.reduce((sum, name = "") => sum + gzipSync(read(name)).length, 0);
    expect(scripts.length).toBeGreaterThan(0);
    expect(size).toBeLessThan(150_000);
  });

  it("contains nothing of the local cloud, and no id", () => {
    const all = files().map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
    const ids = Object.values(outputs.pools).flatMap(({ userPoolId, clientId }) => [userPoolId, clientId]);
    for (const word of ["mailbox", "last-step", "127.0.0.1", ...ids]) {
      expect(all.filter((text) => text.includes(word))).toEqual([]);
    }
  });
});

describePage("the page as it is hosted", () => {
  closeBrowser();

  visiting(
    "talks to AWS where it is told of no endpoint, under the policy for AWS",
    async (visit) => {
      const asked: string[] = [];
      await visit.page.route("https://cognito-idp.*.amazonaws.com/**", async (route) => {
        asked.push(route.request().url());
        await route.fulfill({ response: await route.fetch({ url: outputs.endpoint }) });
      });
      await visit.open();
      expect(await visit.page.getByText("Triggers in the last step").count()).toBe(0);
      await visit.type("anonymous", { "User name": uniqueName(), "New password": PASSWORD });
      await visit.press("anonymous", "Sign up");
      await visit.type("anonymous", { Password: PASSWORD });
      await visit.press("anonymous", "Sign in");
      expect(await visit.title("anonymous")).toBe("You are signed in");
      expect(new Set(asked)).toEqual(new Set([`https://cognito-idp.${outputs.region}.amazonaws.com/`]));
    },
    { address: () => address.web },
  );
});
