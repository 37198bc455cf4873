import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "..");

/**
 * A copy of what is deployed, in which files are changed.
 * It lies inside the project, so that it finds its packages.
 */
export function checkout(changes: Record<string, (source: string) => string>) {
  const copies = join(ROOT, ".local", "checkouts");
  mkdirSync(copies, { recursive: true });
  const folder = mkdtempSync(join(copies, "copy-"));
  for (const part of ["main.ts", "cdktf.json", "contract", "lib", "functions", "tools"]) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  for (const [file, change] of Object.entries(changes)) {
    const source = readFileSync(join(folder, file), "utf8");
    const changed = change(source);
    if (changed === source) throw new Error(`The change of ${file} changes nothing.`);
    writeFileSync(join(folder, file), changed);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
