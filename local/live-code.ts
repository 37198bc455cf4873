import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundleFunctions, zipped } from "../lib/bundle-functions";
import { asRoot } from "./as-root";
import { localPath, ROOT, writeAtOnce } from "./local-folder";

/** A function of a trigger, and the folder in `functions/` that has its handler. */
export interface DeployedFunction {
  readonly name: string;
  readonly folder: string;
}

/** The functions in the text of Terraform's state. A function's name ends in its folder, and the time of a plan. */
export function functionsIn(state: string, folders = handlerFolders()): DeployedFunction[] {
  const resources: { type: string; instances: { attributes: { function_name: string } }[] }[] =
    JSON.parse(state).resources;
  const names = resources
    .filter(({ type }) => type === "aws_lambda_function")
    .flatMap(({ instances }) => instances.map(({ attributes }) => attributes.function_name));
  return names.flatMap((name) => {
    const folder = folders.find((one) => name.replace(/-\d{8}$/, "").endsWith(`-${one}`));
    return folder === undefined ? [] : [{ name, folder }];
  });
}

const handlerFolders = () =>
  readdirSync(join(ROOT, "functions")).filter((name) => existsSync(join(ROOT, "functions", name, "index.ts")));

/** The folders whose functions run other code than was deployed, for the next start. */
const swapped = () => localPath("swapped.json");

/** Whether functions run other code than was deployed, since the last run changed it. */
export const wasSwapped = () => existsSync(swapped());

/** The code of the functions while the local cloud runs: changed without Terraform, so that it takes no time. */
export class LiveCode {
  private live = new Map<string, string>();
  private readonly folders: string[];

  constructor(
    private readonly endpoint: string,
    private readonly functions: readonly DeployedFunction[],
  ) {
    this.folders = [...new Set(functions.map(({ folder }) => folder))];
  }

  /**
   * Call it when the sources are as deployed. Code that was changed during the last run, and that Terraform does not
   * know of, is put right.
   */
  async begin(): Promise<void> {
    const before: string[] = existsSync(swapped()) ? JSON.parse(readFileSync(swapped(), "utf8")) : [];
    const bundles = bundleFunctions(ROOT, this.folders);
    for (const folder of this.folders.filter((name) => before.includes(name))) {
      await this.swap(folder, bundles.get(folder));
    }
    rmSync(swapped(), { force: true });
    this.live = new Map([...bundles].map(([folder, contents]) => [folder, hashOf(contents)]));
  }

  /**
   * Gives the functions the code that the sources have now, if it is another one.
   * @returns the folders whose code changed
   * @throws an error of the bundler, or that AWS's operation failed; functions keep their old code
   */
  async update(): Promise<string[]> {
    const changed: string[] = [];
    for (const [folder, contents] of bundleFunctions(ROOT, this.folders)) {
      const hash = hashOf(contents);
      if (this.live.get(folder) === hash) continue;
      const before: string[] = existsSync(swapped()) ? JSON.parse(readFileSync(swapped(), "utf8")) : [];
      writeAtOnce(swapped(), JSON.stringify([...new Set([...before, folder])]));
      await this.swap(folder, contents);
      this.live.set(folder, hash);
      changed.push(folder);
    }
    return changed;
  }

  private async swap(folder: string, contents: Uint8Array = new Uint8Array()): Promise<void> {
    const ZipFile = Buffer.from(zipped(contents)).toString("base64");
    for (const { name } of this.functions.filter((one) => one.folder === folder)) {
      const answer = await fetch(`${this.endpoint}/2015-03-31/functions/${name}/code`, {
        method: "PUT",
        headers: { ...asRoot("lambda"), "content-type": "application/json" },
        body: JSON.stringify({ ZipFile }),
      });
      if (!answer.ok) throw new Error(`The emulator did not take the code of ${name} (${answer.status}).`);
    }
  }
}

const hashOf = (contents: Uint8Array) => createHash("sha256").update(contents).digest("hex");
