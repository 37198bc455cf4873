import { z } from "zod";
import { blockOf, InputError, type ListedBlock } from "./block-entries";

const MOST_SHOWN = 20;

/** A line as `list --json` prints it, so that a printed list can be imported. */
const jsonLine = z.strictObject({
  entry: z.string(),
  until: z.string().optional(),
  reason: z.string().optional(),
  expired: z.boolean().optional(),
});

/** The content of a file: its entries, each once, and the number of its lines. */
export interface ImportFile {
  readonly blocks: ListedBlock[];
  readonly lines: number;
}

/**
 * Reads a whole file of entries. If several lines have the same entry, the last one counts.
 * @throws InputError naming the lines that are wrong, up to twenty of them
 */
export function readImport(bytes: Uint8Array, now = Date.now()): ImportFile {
  const blocks = new Map<string, ListedBlock>();
  const mistakes: string[] = [];
  let lines = 0;
  for (const [index, line] of textOf(bytes).split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    lines++;
    try {
      const { expired, ...written } = columnsOf(line);
      if (expired) continue;
      const block = blockOf(written, now);
      blocks.set(block.entry, block);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      mistakes.push(`line ${index + 1}: ${error.message}`);
    }
  }
  if (mistakes.length > 0) throw new InputError(summaryOf(mistakes));
  return { blocks: [...blocks.values()], lines };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError("The file is not UTF-8 text: save it as UTF-8. Nothing was imported.");
  }
}

function columnsOf(line: string): z.output<typeof jsonLine> {
  if (line.trimStart().startsWith("{")) return jsonOf(line);
  const separator = line.includes("\t") ? "\t" : ",";
  const [entry = "", until = "", ...reason] = line.split(separator);
  return { entry, until: until.trim(), reason: reason.join(separator).trim() };
}

function jsonOf(line: string): z.output<typeof jsonLine> {
  try {
    return jsonLine.parse(JSON.parse(line));
  } catch {
    throw new InputError(
      'JSON must be as {"entry":"user:rroe","until":"2030-12-31","reason":"…"}, with text or nothing for until and reason.',
    );
  }
}

function summaryOf(mistakes: string[]): string {
  const more = mistakes.length - MOST_SHOWN;
  return [...mistakes.slice(0, MOST_SHOWN), ...(more > 0 ? [`… and ${more} more.`] : []), "Nothing was imported."].join(
    "\n",
  );
}
