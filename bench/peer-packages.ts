import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root";

/** What is compared with, in the versions that docs/performance.md has figures of. */
const PACKAGES = {
  "@aws-lambda-powertools/logger": "2.36.0",
  "@aws-sdk/client-dynamodb": "3.1169.0",
  "@middy/core": "7.9.2",
  "aws-cdk-lib": "2.276.0",
  constructs: "10.6.0",
  esbuild: "0.28.2",
};

/** Installs the peers into a folder of their own, once. @returns the folder */
export function installPeers(): string {
  const folder = join(ROOT, ".local", "bench", "peers");
  const file = join(folder, "package.json");
  const wanted = JSON.stringify({ private: true, dependencies: PACKAGES });
  if (existsSync(join(folder, "node_modules")) && readFileSync(file, "utf8") === wanted) return folder;
  console.error("Installing what is compared with (once) ...");
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, wanted);
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"], { cwd: folder, stdio: "inherit" });
  return folder;
}
