import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./checkout";

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

const WORKSPACES = ["package.json", "gateway/package.json", "web/package.json"];

/** Every package that a package.json names, with its version, as a row of the page begins. */
const installed = WORKSPACES.flatMap((file) => {
  const { dependencies, devDependencies } = JSON.parse(read(file));
  return Object.entries({ ...dependencies, ...devDependencies }).map(
    ([name, version]) => `| \`${name}\` | ${version} |`,
  );
});

it("docs/dependencies.md has every dependency once, in its version, and no other", () => {
  const [tables = ""] = read("docs/dependencies.md").split("## Kept on purpose");
  const rows = tables.match(/^\| `[^|]*\|[^|]*\|/gm) ?? [];
  expect([...rows].sort()).toEqual([...new Set(installed)].sort());
});
