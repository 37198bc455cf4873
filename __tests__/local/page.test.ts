import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configOf, pageAt, servePage } from "../../local/page";
import { freePort } from "../../local/prerequisites";
import { EMAIL_POOL } from "../pools";

const pools = { staff: EMAIL_POOL, anonymous: EMAIL_POOL };
const config = { region: "eu-west-1", endpoint: "http://127.0.0.1:4566", pools };

let parent: string;
let address: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), "page-"));
  const folder = join(parent, "web");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(parent, "secret.txt"), "secret");
  writeFileSync(join(folder, "index.html"), "<p>page</p>");
  writeFileSync(join(folder, "assets", "a.js"), "1");
  const port = await freePort();
  stop = await servePage(port, () => config, folder);
  address = pageAt(port);
});
afterAll(async () => {
  await stop();
  rmSync(parent, { recursive: true });
});

/** A request whose path nobody tidies up. */
const raw = (path: string, method = "GET") =>
  new Promise<number | undefined>((resolve, reject) => {
    const { hostname, port } = new URL(address);
    request({ hostname, port, path, method }, (answer) => resolve(answer.resume().statusCode))
      .on("error", reject)
      .end();
  });

it.each([
  ["", "<p>page</p>", "text/html; charset=utf-8", "no-cache"],
  ["?from=mail", "<p>page</p>", "text/html; charset=utf-8", "no-cache"],
  ["assets/a.js", "1", "text/javascript; charset=utf-8", "max-age=31536000, immutable"],
  ["config.json", JSON.stringify(config), "application/json", "no-cache"],
])("serves /%s", async (path, text, type, caching) => {
  const answer = await fetch(`${address}${path}`);
  expect(await answer.text()).toBe(text);
  expect(answer.headers.get("content-type")).toBe(type);
  expect(answer.headers.get("cache-control")).toBe(caching);
  expect(answer.headers.get("content-security-policy")).toContain(`connect-src 'self' ${config.endpoint};`);
});

it.each(["/../secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt", "//secret.txt", "/none", "/assets"])(
  "serves nothing at %s",
  async (path) => {
    expect(await raw(path)).toBe(404);
  },
);

it("takes nothing", async () => {
  expect(await raw("/", "POST")).toBe(405);
});

it("writes the addresses of the local cloud into the page's config.json", () => {
  const outputs = { ...config, web: address, mailbox: "http://127.0.0.1:4566/_local/mailbox", provider: "" };
  expect(configOf(outputs)).toEqual({
    ...config,
    mailbox: "http://localhost:4566/_local/mailbox",
    triggers: "http://127.0.0.1:4566/_local/triggers.json",
  });
});
