import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { pageHeaders } from "../contract/page-headers";
import type { PageConfig } from "../contract/pools";
import { listen, type Serve } from "../gateway/http/listen";
import { localPath, ROOT, writeAtOnce } from "./local-folder";
import type { Outputs } from "./outputs";
import { Problem } from "./problem";
import { run } from "./processes";

/** The address of the page. It names `localhost`, as the callback URLs of the app clients do. */
export const pageAt = (port: number) => `http://localhost:${port}/`;

/** What the page is built of. */
const SOURCES = ["web", "contract", "package-lock.json"];

/** Builds the page, with the parts that only the local cloud has, if it is not there or its sources have changed. */
export async function buildPage(stop: AbortSignal): Promise<void> {
  const mark = localPath("web.made-of");
  const sources = hashOf(SOURCES);
  if (existsSync(localPath("web", "index.html")) && existsSync(mark) && readFileSync(mark, "utf8") === sources) return;
  rmSync(mark, { force: true });
  const log = localPath("logs", "web.log");
  const vite = join(ROOT, "node_modules", ".bin", "vite");
  const { ok, output } = await run(
    vite,
    ["build", "web", "--mode", "local-cloud", "--outDir", localPath("web"), "--emptyOutDir"],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: "production" },
      log,
      stop,
    },
  );
  if (!ok) throw new Problem(`The page cannot be built:\n${output.trim()}\nThe whole log is ${log}.`);
  writeAtOnce(mark, sources);
}

/** A hash of the names and contents of these files and folders, without installed packages. */
function hashOf(paths: string[]): string {
  const hash = createHash("sha256");
  for (const path of paths.map((name) => join(ROOT, name))) {
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: "utf8" }).map((name) => join(path, name))
      : [path];
    for (const file of files.sort()) {
      if (relative(ROOT, file).split(sep).includes("node_modules") || !statSync(file).isFile()) continue;
      hash.update(`${relative(ROOT, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}

/**
 * Serves the built page and its `config.json`, on this machine only, with the headers that docs/page.md requires.
 * @param config is asked for at each request
 * @returns a function that stops it
 */
export async function servePage(
  port: number,
  config: () => PageConfig,
  folder = localPath("web"),
): Promise<() => Promise<void>> {
  const serve = server(filesOf(folder), config);
  return listen({ port, routes: [{ from: ["page", "person"], methods: ["GET", "HEAD"], path: /^/, serve }], serve });
}

/** The `config.json` of the local cloud. */
export function configOf({ endpoint, region, pools, ...outputs }: Outputs): PageConfig {
  // The page is at `localhost`, and for a browser 127.0.0.1 is another site, whose links the front door refuses.
  const mailbox = outputs.mailbox.replace("//127.0.0.1:", "//localhost:");
  return { region, endpoint, pools, mailbox, triggers: `${endpoint}/_local/triggers.json` };
}

type Files = ReadonlyMap<string, Buffer>;

/** All files by their path. Only these are served, so no path can lead to another file. */
function filesOf(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [`/${relative(folder, path).split(sep).join("/")}`, readFileSync(path)]));
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

function server(files: Files, configNow: () => PageConfig): Serve {
  return ({ url = "/", method = "", headers: { host = "" } }, response) => {
    const config = configNow();
    const hosted = Object.values(config.pools).flatMap((pool) => pool.hosted ?? []);
    const headers = pageHeaders({ ...config, hosted });
    const path = url.replace(/[?#].*$/, "").replace(/\/$/, "/index.html");
    const file = path === "/config.json" ? JSON.stringify(config) : files.get(path);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // For a browser 127.0.0.1 is another site than `localhost`, and the front door refuses links between the two.
    if (path === "/index.html" && !/^localhost(:|$)/i.test(host)) {
      return void response.writeHead(302, { location: `http://localhost${/:\d+$/.exec(host)?.[0] ?? ""}/` }).end();
    }
    // A file name in assets/ has a hash of the content, so the content of a name never changes.
    response.setHeader("cache-control", path.startsWith("/assets/") ? "max-age=31536000, immutable" : "no-cache");
    if (!["GET", "HEAD"].includes(method)) response.writeHead(405, { allow: "GET, HEAD" }).end();
    else if (!file) response.writeHead(404, { "content-type": "text/plain" }).end("There is no such page.\n");
    else response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" }).end(file);
  };
}
