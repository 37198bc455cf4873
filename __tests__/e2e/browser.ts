import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import type { Outputs } from "../../local/outputs";
import { configOf } from "../../local/page";
import { describeCloud, outputs } from "./cloud";
import { findBrowser } from "./find-browser";
import { TEST_DIR } from "./global-setup";

/** `describe`, or a skip where the machine has no browser or cannot run the local cloud. */
export const describePage = findBrowser() ? describeCloud : describe.skip;

const ARGUMENTS = [
  // Chromium's sandbox does not work for root, which is who runs in a container.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Visits come one after another, and a process for each takes longer.
  "--renderer-process-limit=1",
  // A site of somebody else, whose name leads to this machine.
  "--host-resolver-rules=MAP evil.example 127.0.0.1",
];

/** How wide the page is shown, and in which colours. */
interface Look {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: "light" | "dark";
}
const WIDE: Look = { viewport: { width: 1280, height: 900 }, colorScheme: "light" };
const NARROW: Look = { viewport: { width: 360, height: 740 }, colorScheme: "dark" };
/** No rule of the style sheet is about one width in one of the colours. */
export const BOTH_LOOKS = [NARROW, WIDE];

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe looks at: the elements, the words on them and how they are shown, but not the names, codes, times and ids, which
 * are the words with a digit, nor the lines of pictures.
 */
const SCREEN = `[
  innerWidth,
  matchMedia("(prefers-color-scheme: dark)").matches,
  document.documentElement.outerHTML
    .replace(/ d="[^"]*"/g, "")
    .replace(/[^\\s<>"]*\\d[^\\s<>"]*/g, (word) => (/^\\/?h\\d$/.test(word) ? word : "0")),
].join()`;
/** The screens that axe has found nothing wrong with in this file, since it takes longer than all else on a page. */
const accessible = new Set<string>();

let browser: Browser | undefined;

/** Chromium, where nobody has started it yet. */
export async function chromiumBrowser(): Promise<Browser> {
  browser ??= await chromium.launch({ executablePath: findBrowser(), args: ARGUMENTS });
  return browser;
}

interface VisitOptions {
  /** @default the page of the local cloud */
  readonly address?: () => string;
  /**
   * In which looks each screen is checked. The visit goes on in the last of them, so in two by turns.
   * @default wide, and light
   */
  readonly looks?: readonly Look[];
}

/**
 * A test in a browser of its own. Where it fails, a picture of the page is left in `screenshots/`, beside the tests'
 * local cloud; at its end nothing may have been loaded from elsewhere, broken a policy or moved by itself.
 */
export function visiting(promise: string, walk: (visit: Visit) => Promise<void>, options: VisitOptions = {}): void {
  it(promise, () => visitOnce(promise, walk, options));
}

async function visitOnce(
  promise: string,
  walk: (visit: Visit) => Promise<void>,
  { address = () => outputs.web, looks = [WIDE] }: VisitOptions,
): Promise<void> {
  const context = await (await chromiumBrowser()).newContext(looks[0]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const visit = new Visit(page, address(), looks);
  try {
    await visit.watch();
    await walk(visit);
    await visit.expectNothingOdd();
  } catch (error) {
    const folder = join(TEST_DIR, "screenshots");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${promise.replace(/\W+/g, "-")}.png`);
    await page.screenshot({ path, fullPage: true });
    throw new Error(`${(error as Error).message}\n\nThe page as it was then: ${path}`, { cause: error });
  } finally {
    await context.close();
  }
}

/** To be called once in a file that opens a browser. */
export const closeBrowser = () =>
  afterAll(async () => {
    await browser?.close();
    browser = undefined;
  });

/** Somebody at the page. */
export class Visit {
  private readonly oddities: string[] = [];

  constructor(
    readonly page: Page,
    private readonly address: string,
    private looks: readonly Look[],
  ) {}

  /** Notes what should not happen, from the start. */
  async watch(): Promise<void> {
    this.page.on("pageerror", ({ message }) => this.oddities.push(`threw ${message}`));
    this.page.on("console", (line) => {
      if (/Content Security Policy|TrustedHTML/.test(line.text())) this.oddities.push(line.text());
    });
    this.page.on("request", (request) => {
      const hosted = outputs.endpoint.replace("127.0.0.1", "localhost");
      const known = [this.address, outputs.endpoint, hosted, "https://cognito-idp."].some((own) =>
        request.url().startsWith(own),
      );
      if (!known) this.oddities.push(`asked for ${request.url()}`);
    });
    await this.page.addInitScript({
      content: `shifts = []; new PerformanceObserver((list) => shifts.push(...list.getEntries()
        .filter(({ hadRecentInput }) => !hadRecentInput).map(({ value }) => value)))
        .observe({ type: "layout-shift", buffered: true });`,
    });
  }

  /**
   * Opens the page, and waits until its forms are there.
   * @param pools what it is to show instead of the local cloud's own pools
   */
  async open(pools?: Outputs["pools"]): Promise<void> {
    if (pools) {
      const json = configOf({ ...outputs, pools });
      await this.page.route("**/config.json", (route) => route.fulfill({ json }));
    }
    await this.page.goto(this.address);
    for (const pool of Object.keys(pools ?? outputs.pools)) await this.card(pool).getByRole("button").first().waitFor();
    await this.expectAccessible();
  }

  card(pool: string): Locator {
    return this.page.locator(`section[data-pool="${pool}"]`);
  }

  field(pool: string, label: string): Locator {
    return this.card(pool).getByLabel(label, { exact: true });
  }

  async type(pool: string, typed: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(typed)) await this.field(pool, label).fill(value);
  }

  /** Presses a button, and waits for what comes of it. */
  async press(pool: string, label: string): Promise<void> {
    await this.card(pool).getByRole("button", { name: label, exact: true }).click();
    await this.settled();
  }

  async settled(): Promise<void> {
    // Two frames: until Preact has shown what the click did.
    await this.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    await this.page.locator("[aria-busy=true]").waitFor({ state: "detached" });
    await this.expectAccessible();
  }

  async title(pool: string): Promise<string> {
    return this.card(pool).getByRole("heading", { level: 3 }).first().innerText();
  }

  /** What the step is about, or what the one before has done. */
  lead(pool: string): Promise<string> {
    return this.card(pool).getByRole("status").innerText();
  }

  /** What is wrong with the whole form. */
  alert(pool: string): Promise<string> {
    return this.card(pool).locator(".alert").innerText();
  }

  /** What is said below a field: that it is wrong, or how to fill it in. */
  async near(pool: string, label: string): Promise<{ text: string; wrong: boolean; focused: boolean }> {
    const field = this.field(pool, label);
    const id = await field.getAttribute("aria-describedby");
    return {
      text: await this.page.locator(`[id="${id}"]`).innerText(),
      wrong: (await field.getAttribute("aria-invalid")) === "true",
      focused: (await field.and(this.page.locator(":focus")).count()) === 1,
    };
  }

  /** The requests of an operation of Cognito that are sent from now on. */
  count(operation: string): () => number {
    let count = 0;
    this.page.on("request", (request) => {
      if (request.headers()["x-amz-target"]?.endsWith(`.${operation}`)) count++;
    });
    return () => count;
  }

  /** In each of the visit's looks. */
  async expectAccessible(): Promise<void> {
    await this.expectAccessibleNow();
    for (const { viewport, colorScheme } of this.looks.slice(1)) {
      await this.page.setViewportSize(viewport);
      await this.page.emulateMedia({ colorScheme });
      await this.expectAccessibleNow();
    }
    this.looks = [...this.looks].reverse();
  }

  private async expectAccessibleNow(): Promise<void> {
    const screen = await this.page.evaluate<string>(SCREEN);
    if (!accessible.has(screen)) {
      if ((await this.page.evaluate("typeof axe")) === "undefined") await this.page.evaluate(axe);
      const { violations } = await this.page.evaluate<AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ failureSummary }) => failureSummary)])).toEqual([]);
      accessible.add(screen);
    }
    const [needed, there] = await this.page.evaluate<[number, number]>(
      "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
    );
    expect(needed).toBeLessThanOrEqual(there);
  }

  async expectNothingOdd(): Promise<void> {
    expect(this.oddities).toEqual([]);
    const shifts = await this.page.evaluate<number[]>("shifts");
    // A button's text and a line that wraps once more are well below; Google calls 0.1 good.
    expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.05);
  }
}
