import gatewayPackage from "../gateway/package.json";
import { findCircles, importGraph, importsOf, isRelative, sourceFiles, targetOf } from "./import-graph";

const graph = importGraph(sourceFiles());
const isIn = (path: string, folders: readonly string[]) =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

/** The imports of one part that lead anywhere but to these folders. */
const strayImports = (part: string, allowed: readonly string[]) =>
  sourceFiles([part]).flatMap((file) =>
    importsOf(file)
      .filter((imported) => isRelative(imported) && !isIn(targetOf(file, imported), allowed))
      .map((imported) => `${file} → ${imported}`),
  );

describe("the finder of circles", () => {
  const circlesIn = (made: Record<string, string[]>) => findCircles(new Map(Object.entries(made)));

  it("shows each way around", () => {
    expect(circlesIn({ main: ["a"], a: ["b"], b: ["c", "d"], c: ["a"], d: [] })).toEqual(["a → b → c → a"]);
    expect(circlesIn({ a: ["b"], b: ["a"], c: ["d"], d: ["c"] })).toEqual(["a → b → a", "c → d → c"]);
    expect(circlesIn({ a: ["a"] })).toEqual(["a → a"]);
  });

  it("does not count two paths to one file as a circle", () => {
    expect(circlesIn({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] })).toEqual([]);
  });
});

describe("the imports of the project", () => {
  it("are read from its files, types and folders too", () => {
    expect(graph.get("local/running-cloud")).toContain("gateway/index");
    expect(graph.get("gateway/context")).toContain("gateway/triggers/trigger-log");
    expect(graph.size).toBeGreaterThan(200);
  });

  it("have no circle", () => {
    expect(findCircles(graph)).toEqual([]);
  });
});

describe("what a part may import", () => {
  it.each([
    ["contract", []],
    ["functions", ["functions", "contract"]],
    // The gateway gives a second opinion on the functions, so it shares nothing with them but Cognito's attribute names.
    ["gateway", ["gateway", "contract/attributes"]],
    ["web", ["web", "contract"]],
    // Of the page it takes nothing but its build, and of the stacks how they bundle a handler.
    ["local", ["local", "gateway", "contract", "lib/bundle-functions"]],
  ])("%s: %j and packages", (part, allowed) => {
    expect(strayImports(part, allowed)).toEqual([]);
  });

  it("contract/ imports no packages either", () => {
    expect(sourceFiles(["contract"]).flatMap(importsOf)).toEqual([]);
  });

  it("gateway/ imports just the packages that its package.json names", () => {
    const imported = sourceFiles(["gateway"])
      .flatMap(importsOf)
      .filter((name) => !isRelative(name) && !name.startsWith("node:"))
      // The package, where a part of one is imported.
      .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    expect([...new Set(imported)].sort()).toEqual(Object.keys(gatewayPackage.dependencies).sort());
  });

  it("other parts import of the gateway what its README names", () => {
    const entries = [...graph].flatMap(([file, targets]) =>
      isIn(file, ["gateway"]) ? [] : targets.filter((target) => isIn(target, ["gateway"])),
    );
    expect([...new Set(entries)].sort()).toEqual([
      "gateway/emulator/agent",
      "gateway/emulator/forward",
      "gateway/http/listen",
      "gateway/index",
    ]);
  });
});
