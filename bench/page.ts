import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type Browser, chromium } from "playwright-core";
import { findBrowser } from "../__tests__/e2e/find-browser";
import { type Outputs, publishedOutputs } from "../local/outputs";
import { printTable, ratio, spreadInWords, spreadOf } from "./samples";

const ROUNDS = 7;
const PASSWORD = "correct horse battery staple";

/** Lighthouse's slow phone: four times slower, 1.6 Mbit/s with 150 ms to the server and back. */
const SLOW = { latency: 150, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (750e3 / 8) * 0.9 };

/** What one visit of the page took: times in milliseconds, sizes in bytes. */
interface Visit {
  readonly firstPaint: number;
  readonly signedIn: number;
  /** JavaScript, compressed. */
  readonly script: number;
}

/** The page of a running local cloud, in Chromium as it is, and as on a slow phone. */
export async function benchPage(): Promise<void> {
  const executablePath = findBrowser();
  const outputs = publishedOutputs();
  if (!outputs || !executablePath) {
    console.log('The page is measured where Chromium is there and "npm run local" runs in another terminal.');
    return;
  }
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const [fast, slow] = [[] as Visit[], [] as Visit[]];
    for (let round = 0; round < ROUNDS; round++) {
      fast.push(await visit(browser, outputs, false));
      slow.push(await visit(browser, outputs, true));
    }
    const columns: readonly [string, "firstPaint" | "signedIn"][] = [
      ["first paint", "firstPaint"],
      ['from pressing "Sign up" to being signed in, in the pool `anonymous`', "signedIn"],
    ];
    console.log(`The page, ${ROUNDS} visits each:\n`);
    printTable(
      ["what", "this machine", "a slow phone", "×"],
      columns.map(([what, key]) => {
        const [one, other] = [fast, slow].map((visits) => spreadOf(visits.map((each) => each[key])));
        if (!one || !other) throw new Error("There was no visit.");
        return [what, spreadInWords(one, "ms"), spreadInWords(other, "ms"), ratio(other, one)];
      }),
    );
    console.log(`\nJavaScript that is loaded until then, compressed: ${Math.round((fast[0]?.script ?? 0) / 1000)} kB.`);
  } finally {
    await browser.close();
  }
}

/** Signs somebody new up and in, in a browser that has never seen the page. */
async function visit(browser: Browser, { web }: Outputs, isSlow: boolean): Promise<Visit> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    if (isSlow) {
      const session = await context.newCDPSession(page);
      await session.send("Network.emulateNetworkConditions", { offline: false, ...SLOW });
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    }
    const scripts: Promise<Buffer>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.push(response.body());
    });
    await page.goto(web);
    const card = page.locator('section[data-pool="anonymous"]');
    await card.getByLabel("User name", { exact: true }).fill(`bench-${randomUUID()}`);
    await card.getByLabel("New password", { exact: true }).fill(PASSWORD);
    const start = performance.now();
    await card.getByRole("button", { name: "Sign up", exact: true }).click();
    await card.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await card.getByRole("button", { name: "Sign in", exact: true }).click();
    await card.getByRole("heading", { name: "You are signed in" }).waitFor();
    const signedIn = performance.now() - start;
    const firstPaint = await page.evaluate<number>(
      "performance.getEntriesByName('first-contentful-paint')[0].startTime",
    );
    const sizes = (await Promise.all(scripts)).map((body) => gzipSync(body).length);
    return { firstPaint, signedIn, script: sizes.reduce((sum, size) => sum + size, 0) };
  } finally {
    await context.close();
  }
}
