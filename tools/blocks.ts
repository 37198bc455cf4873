import { hasRunOut, type ListedBlock, shown, timeOf } from "./block-entries";
import { add, remove } from "./block-person";
import { openTable } from "./block-table";
import { type CommandLine, HELP, readCommandLine } from "./command-line";
import { importBlocks } from "./import-blocks";
import { normalise } from "./normalise-blocks";
import { runCommand, startCommand } from "./run-command";

const commands = { add, remove, list, import: importBlocks, normalise };

/** Runs the command of the arguments, prints the result, and returns the exit code. */
export const run = (args: string[]): Promise<number> =>
  runCommand(args, { read: readCommandLine, help: HELP, work: (line) => commands[line.command](line) });

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

if (require.main === module) startCommand(run);
