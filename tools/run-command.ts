import { SettingsError } from "../lib/checked-settings";
import type { Environment } from "../lib/environments";
import { InputError } from "./block-entries";
import { explain, TableError } from "./block-table";

interface Command<Line> {
  /** Reads the arguments. Returns undefined for --help. */
  readonly read: (args: string[]) => Line | undefined;
  readonly help: string;
  readonly work: (line: Line) => Promise<unknown>;
}

/**
 * Runs a command on an environment's people or its block list.
 * @returns the exit code: 2 for wrong arguments, 1 for every other failure, otherwise what the work gives, or 0
 */
export async function runCommand<Line extends { readonly environment: Environment }>(
  args: string[],
  { read, help, work }: Command<Line>,
): Promise<number> {
  let line: Line | undefined;
  try {
    line = read(args);
    const code = line ? await work(line) : console.log(help);
    return typeof code === "number" ? code : 0;
  } catch (thrown) {
    const error = line ? explain(thrown, line.environment) : thrown;
    const isInput = error instanceof InputError || error instanceof SettingsError;
    console.error(isInput || error instanceof TableError ? error.message : error);
    return isInput ? 2 : 1;
  }
}

/** Starts a command whose file was called by a person. */
export function startCommand(run: (args: string[]) => Promise<number>): void {
  // The SDK's warning about the version of Node does not help the person who runs this command.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  // The reader of a pipe may stop early, as `head` does.
  process.stdout.on("error", () => process.exit());
  void run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
