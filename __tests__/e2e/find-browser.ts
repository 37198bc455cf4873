import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** What Chromium is called on Debian, on other Linux distributions, and by Google. */
export const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser for the tests: the one that BROWSER_PATH names, or the first on the PATH. */
export function findBrowser(): string | undefined {
  if (process.env.BROWSER_PATH) return process.env.BROWSER_PATH;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
