import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { REFUSAL_CODES, refusalMessage } from "../contract/refusals";
import { ROOT } from "./checkout";

const PAGES = [
  "README.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
  "gateway/README.md",
];

const linesOf = (page: string) =>
  readFileSync(join(ROOT, page), "utf8")
    .replace(/^```.*?^```$/gms, "")
    .split("\n");

/** A page's headings as GitHub makes anchors of them. */
const anchorsOf = (page: string) =>
  linesOf(page)
    .filter((line) => /^#+ /.test(line))
    .map((line) =>
      line
        .replace(/^#+ /, "")
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, "")
        .replaceAll(" ", "-"),
    );

function leadsNowhere(page: string, link: string): boolean {
  const [path, anchor] = link.split("#");
  const target = path ? join(dirname(page), path) : page;
  if (!existsSync(join(ROOT, target))) return true;
  return anchor !== undefined && !anchorsOf(target).includes(anchor);
}

it.each(PAGES)("%s has no link or anchor that leads nowhere", (page) => {
  const links = [
    ...linesOf(page)
      .join("\n")
      .matchAll(/\]\((?!https?:)([^)\s]+)\)/g),
  ].map(([, link = ""]) => link);
  expect(links.filter((link) => leadsNowhere(page, link))).toEqual([]);
});

it.each(PAGES)("%s has no line of prose over 120 columns", (page) => {
  expect(linesOf(page).filter((line) => line.length > 120 && !line.startsWith("|"))).toEqual([]);
});

// A page with these marks still looks like a page, and nothing else reads it.
it.each([...PAGES, "help"])("%s has no marks of a merge conflict", (page) => {
  expect(readFileSync(join(ROOT, page), "utf8")).not.toMatch(/^(<{7}|={7}|>{7})( |\r?$)/m);
});

it.each(REFUSAL_CODES)("the runbook says what to do when people read [%s]", (code) => {
  const FIXED = { "username-too-short": "Cannot register users with username less than" };
  const read = code in FIXED ? FIXED[code as keyof typeof FIXED] : refusalMessage(code, "").trim();
  expect(readFileSync(join(ROOT, "docs/runbook.md"), "utf8")).toContain(read);
});
