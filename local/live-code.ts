import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { bundleFunctions, sourceOf, zipped } from "../lib/bundle-functions";
import { asRoot } from "./as-root";
import { localPath, ROOT, writeAtOnce } from "./local-folder";

/** A function of a trigger, and the name of its handler in `functions/`. */
export interface DeployedFunction {
  readonly name: string;
  readonly handler: string;
}

/**
 * The functions in the text of Terraform's state. The key of a function's code ends in the handler's name, and the time
 * of a plan.
 */
export function functionsIn(state: string): DeployedFunction[] {
  const resources: { type: string; instances: { attributes: { function_name: string; s3_key: string | null } }[] }[] =
    JSON.parse(state).resources;
  return resources
    .filter(({ type }) => type === "aws_lambda_function")
    .flatMap(({ instances }) => instances)
    .flatMap(({ attributes }) => {
      const handler = /^functions\/[^/]+\/(.+?)(-\d{8})?$/.exec(attributes.s3_key ?? "")?.[1];
      return handler === undefined ? [] : [{ name: attributes.function_name, handler }];
    });
}

/** The handlers whose functions run other code than was deployed, for the next start. */
const swapped = () => localPath("swapped.json");

/** Whether functions run other code than was deployed, since the last run changed it. */
export const wasSwapped = () => existsSync(swapped());

/** The code of the functions while the local cloud runs: changed without Terraform, so that it takes no time. */
export class LiveCode {
  private live = new Map<string, string>();
  private readonly handlers: string[];

  constructor(
    private readonly endpoint: string,
    private readonly functions: readonly DeployedFunction[],
  ) {
    this.handlers = [...new Set(functions.map(({ handler }) => handler))];
  }

  /**
   * Call it when the sources are as deployed. Code that was changed during the last run, and that Terraform does not
   * know of, is put right.
   */
  async begin(): Promise<void> {
    const before: string[] = existsSync(swapped()) ? JSON.parse(readFileSync(swapped(), "utf8")) : [];
    const bundles = bundleFunctions(ROOT, this.handlers);
    for (const handler of this.handlers.filter((name) => before.includes(name))) {
      await this.swap(handler, bundles.get(handler));
    }
    rmSync(swapped(), { force: true });
    this.live = new Map([...bundles].map(([handler, contents]) => [handler, hashOf(contents)]));
  }

  /**
   * Gives the functions the code that the sources have now, if it is another one.
   * @returns the handlers in `functions/` whose code changed
   * @throws an error of the bundler, or that AWS's operation failed; functions keep their old code
   */
  async update(): Promise<string[]> {
    const changed = new Set<string>();
    for (const [handler, contents] of bundleFunctions(ROOT, this.handlers)) {
      const hash = hashOf(contents);
      if (this.live.get(handler) === hash) continue;
      const before: string[] = existsSync(swapped()) ? JSON.parse(readFileSync(swapped(), "utf8")) : [];
      writeAtOnce(swapped(), JSON.stringify([...new Set([...before, handler])]));
      await this.swap(handler, contents);
      this.live.set(handler, hash);
      changed.add(sourceOf(handler));
    }
    return [...changed];
  }

  private async swap(handler: string, contents: Uint8Array = new Uint8Array()): Promise<void> {
    const ZipFile = Buffer.from(zipped(contents)).toString("base64");
    for (const { name } of this.functions.filter((one) => one.handler === handler)) {
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
