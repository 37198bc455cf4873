import { SettingsError } from "../lib/checked-settings";
import { hasRunOut, InputError, type ListedBlock, shown, timeOf } from "./block-entries";
import { add, remove } from "./block-person";
import { explain, openTable, TableError } from "./block-table";
import { type CommandLine, HELP, readCommandLine } from "./command-line";
import { importBlocks } from "./import-blocks";
import { normalise } from "./normalise-blocks";

const commands = { add, remove, list, import: importBlocks, normalise };

/** Runs the command of the arguments, prints the result, and returns the exit code. */
export async function run(args: string[]): Promise<number> {
  let line: CommandLine | undefined;
  try {
    line = readCommandLine(args);
    if (line) return await commands[line.command](line);
    console.log(HELP);
    return 0;
  } catch (thrown) {
    const error = line ? explain(thrown, line.environment) : thrown;
    const isInput = error instanceof InputError || error instanceof SettingsError;
    console.error(isInput || error instanceof TableError ? error.message : error);
    return isInput ? 2 : 1;
  }
}

async function list({ environment, json }: CommandLine): Promise<number> {
  const table = await openTable(environment);
  const blocks = await table.list();
  if (json) for (const block of blocks) console.log(JSON.stringify(shown(block)));
  else if (blocks.length === 0) console.log(`The block list of ${environment.name} is empty.`);
  else for (const row of rowsOf(blocks)) console.log(row);
  return 0;
}

function rowsOf(blocks: readonly ListedBlock[]): string[] {
  const rows = blocks.map((block) => {
    const end = block.until === undefined ? "for ever" : `until ${timeOf(block.until)}`;
    return [block.entry, hasRunOut(block) ? `${end}, has run out` : end, block.reason ?? ""];
  });
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

if (require.main === module) {
  // The SDK's warning about the version of Node does not help the person who runs this command.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  // The reader of a pipe may stop early, as `head` does.
  process.stdout.on("error", () => process.exit());
  void run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
