import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { ROOT } from "./checkout";

/** For each file of the project, the files that it imports. Paths begin at the root, without an extension. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The project's own parts. Tests are not among them: they may import everything. */
const PARTS = ["main.ts", "contract", "lib", "functions", "gateway", "local", "web", "tools"];

const extension = /\.tsx?$/;

/** The project's own TypeScript files, by their paths from the root. */
export const sourceFiles = (parts: readonly string[] = PARTS): string[] =>
  parts
    .flatMap((part) =>
      statSync(join(ROOT, part)).isDirectory()
        ? readdirSync(join(ROOT, part), { recursive: true, encoding: "utf8" }).map((name) => join(part, name))
        : [part],
    )
    .filter((file) => extension.test(file) && !/(^|\/)(node_modules|dist)\//.test(file));

/** What a file imports, as it is written there: types too, and `import()`. Biome writes them all in these ways. */
export const importsOf = (file: string): string[] =>
  [
    ...readFileSync(join(ROOT, file), "utf8").matchAll(
      /(?:^import |^(?:import|export|\}) .*(?:from |= require\()|\bimport\()"([^"]+)"/gm,
    ),
  ].map(([, imported = ""]) => imported);

/** What a relative import leads to, as a path from the root. */
export function targetOf(file: string, imported: string, known: ReadonlySet<string> = new Set()): string {
  const path = normalize(join(file, "..", imported)).replace(extension, "");
  return known.has(join(path, "index")) ? join(path, "index") : path;
}

export const isRelative = (imported: string) => imported.startsWith(".");

export function importGraph(files: readonly string[]): ImportGraph {
  const known = new Set(files.map((file) => file.replace(extension, "")));
  return new Map(
    files.map((file) => {
      const targets = importsOf(file)
        .filter(isRelative)
        .map((imported) => targetOf(file, imported, known));
      return [file.replace(extension, ""), targets.filter((target) => known.has(target))];
    }),
  );
}

/** Circles in a graph, each as the way around, `a → b → a`. Files that import each other are in at least one of them. */
export function findCircles(graph: ImportGraph): string[] {
  const circles: string[] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (file: string) => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file].join(" → "));
    if (start >= 0 || finished.has(file)) return;
    path.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    path.pop();
    finished.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return circles;
}
