import { type FSWatcher, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./local-folder";
import { explained } from "./problem";

/** Editors write a file in several steps, in milliseconds. */
const STEPS = 50;

/** The sources of the functions, and those of the stacks. */
const PARTS = ["functions", "contract", "lib"] as const;

export type Part = (typeof PARTS)[number];

/**
 * Calls `changed` after files were changed, one call at a time. An error of it is printed, and the watch goes on.
 * @param changed gets the parts in which files were changed since its last call
 */
export function watchSources(
  changed: (parts: ReadonlySet<Part>) => Promise<void>,
  stop: AbortSignal,
  root = ROOT,
): void {
  let waiting = new Set<Part>();
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();
  const watchers = new Map<string, FSWatcher>();

  // Each folder by itself: on Linux, Node's recursive watch loses a file that an editor replaces.
  const watchFolders = () => {
    const folders = PARTS.flatMap((part) => foldersIn(join(root, part)).map((folder) => [folder, part] as const));
    for (const [folder, part] of folders) {
      if (watchers.has(folder)) continue;
      const watcher = watch(folder, () => {
        waiting.add(part);
        clearTimeout(timer);
        timer = setTimeout(take, STEPS);
      });
      // Of a folder that was deleted.
      watcher.on("error", () => {});
      watchers.set(folder, watcher);
    }
    const present = new Set(folders.map(([folder]) => folder));
    for (const [folder, watcher] of watchers) {
      if (present.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
  };
  const take = () => {
    const parts = waiting;
    waiting = new Set();
    watchFolders();
    work = work
      .then(() => changed(parts))
      .catch((error) => {
        if (!stop.aborted) console.error(`${messageOf(error)}\nWhat ran before runs on.`);
      });
  };

  watchFolders();
  stop.addEventListener("abort", () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  });
}

function foldersIn(folder: string): string[] {
  const below = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.map((entry) => join(entry.parentPath, entry.name))];
}

/** One sentence where there is one. What is wrong in a source, esbuild has printed itself. */
function messageOf(error: unknown): string {
  const known = explained(error);
  return known instanceof Error ? known.message : String(known);
}
