import type { Change } from "./change";
import { code, reason, sentence } from "./escape";
import type { Finding } from "./findings";
import { type Review, toldIncomplete } from "./review";
import type { Effect } from "./rule";
import { nameOf } from "./words";

/** GitHub refuses a longer comment. Bytes are never fewer than characters. */
const MOST_BYTES = 65_536;

/** What the table of all resources leaves to that of the functions, if they need it. */
const FUNCTION_BYTES = 16_384;

/** What begins the comment of an environment, so that it can be found and updated. */
export const marker = (environment: string | null) => `<!-- review:${environment ?? "plan"} -->`;

const EFFECTS: Record<Effect, string> = {
  loss: "People lose their accounts or what is theirs",
  access: "People can no longer sign in or sign up",
  protection: "A protection gets weaker",
};

/** The comment of a pull request. Empty where nothing changes. */
export function toMarkdown(review: Review): string {
  const { findings, changes, incomplete } = review;
  if (findings.length === 0 && changes.length === 0 && !incomplete) return "";
  const comment = new Comment();
  comment.add(marker(review.environment), `### ${title(review)}`, "");
  if (incomplete) comment.add(sentence(toldIncomplete(incomplete)), "");
  for (const note of review.notes) comment.add(sentence(note), "");
  const open = findings.filter(({ allowed }) => allowed === null);
  for (const [effect, heading] of Object.entries(EFFECTS)) {
    const found = open.filter((finding) => finding.effect === effect);
    comment.section([`**${heading}**`, ""], found.map(told), "findings", [""]);
  }
  const allowed = findings.filter((finding) => finding.allowed !== null);
  comment.section(["**Allowed for this plan**", ""], allowed.map(told), "findings", [""]);
  const { create, update, replace, delete: removed } = review.counts;
  comment.add(`Resources: ${create} created, ${update} updated, ${replace} replaced, ${removed} deleted.`, "");
  const functions = changes.filter(({ type }) => type === "aws_lambda_function").flatMap(functionRow);
  const room = Math.min(FUNCTION_BYTES, sizeOf(functions));
  comment.section(
    ["<details><summary>All resources</summary>", "", "| what | resource | what differs |", "|---|---|---|"],
    [...changes].sort(byKind).map(resourceRow),
    "rows",
    ["", "</details>", ""],
    room,
  );
  comment.section(
    ["<details><summary>Functions</summary>", "", "| function | code | settings |", "|---|---|---|"],
    functions,
    "rows",
    ["", "</details>", ""],
  );
  return comment.text();
}

/** The comment where there is no plan to review. */
export function failureComment(environment: string | undefined, why: string): string {
  const lines = [marker(environment ?? null), `### ${named(environment)}: the review failed`, "", code(why), ""];
  return lines.join("\n");
}

const named = (environment: string | null | undefined) => (environment ? code(environment) : "This plan");

function title({ environment, findings, incomplete }: Review): string {
  const name = named(environment);
  const open = findings.filter(({ allowed }) => allowed === null).length;
  if (open > 0) return `${name}: ${open === 1 ? "one thing" : `${open} things`} that can hurt people`;
  if (incomplete) return `${name}: it could not be found out whom this hurts`;
  return findings.length > 0 ? `${name}: what can hurt people is allowed` : `${name}: nothing that hurts people`;
}

function told({ text, rule, address, allowed }: Finding): string {
  const why = allowed === null ? "" : `. Allowed: ${reason(allowed)}`;
  return `- ${sentence(text)} (${code(rule)}, ${code(address)})${why}`;
}

const ORDER: Change["kind"][] = ["delete", "replace", "forget", "update", "create", "none"];
const byKind = (a: Change, b: Change) =>
  ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.address < b.address ? -1 : a.address > b.address ? 1 : 0);

const WORDS: Record<Change["kind"], string> = {
  create: "created",
  update: "updated",
  replace: "**replaced**",
  delete: "**deleted**",
  forget: "**left to itself**",
  none: "moved",
};

function resourceRow(change: Change): string {
  const from = change.previousAddress ? `, moved from ${code(change.previousAddress)}` : "";
  const { forcedBy, differences, kind } = change;
  const names = kind === "replace" && forcedBy.length > 0 ? forcedBy : kind === "update" ? differences : [];
  return `| ${WORDS[kind]} | ${code(change.address)}${from} | ${names.slice(0, 8).map(code).join(", ")}${names.length > 8 ? ", …" : ""} |`;
}

/** Arguments of a function that say where its code is. */
const CODE = ["source_code_hash", "code_sha256", "s3_bucket", "s3_key", "s3_object_version", "filename", "image_uri"];
/** What Lambda itself counts on. */
const COUNTED = [
  "last_modified",
  "version",
  "qualified_arn",
  "qualified_invoke_arn",
  "source_code_size",
  "tags",
  "tags_all",
];

function functionRow(change: Change): string[] {
  const { kind, differences } = change;
  const name = code(nameOf(change.address));
  if (kind === "none") return [];
  if (kind !== "update") return [`| ${name} | ${WORDS[kind]} | ${WORDS[kind]} |`];
  const own = differences.filter((argument) => !COUNTED.includes(argument));
  const settings = own.filter((argument) => !CODE.includes(argument));
  if (own.length === 0) return [];
  return [`| ${name} | ${own.length > settings.length ? "changed" : ""} | ${settings.map(code).join(", ")} |`];
}

const sizeOf = (lines: readonly string[]) => lines.reduce((bytes, line) => bytes + Buffer.byteLength(line) + 1, 0);

/** The text of a comment, which ends at the end of a row before it is too long. */
class Comment {
  private readonly lines: string[] = [];
  /** With room for the sentences about what is left out, and for the ends of sections. */
  private left = MOST_BYTES - 1000;

  add(...lines: string[]): void {
    this.lines.push(...lines);
    this.left -= sizeOf(lines);
  }

  /**
   * Adds rows, as many as fit, and says how many do not.
   * @param room the bytes that stay free for what comes later
   */
  section(start: readonly string[], rows: readonly string[], what: string, end: readonly string[], room = 0): void {
    if (rows.length === 0) return;
    this.add(...start);
    let count = 0;
    for (const row of rows) {
      if (sizeOf([row]) > this.left - room) break;
      this.add(row);
      count++;
    }
    if (count < rows.length) this.add("", `… and ${rows.length - count} more ${what} that do not fit here.`);
    this.add(...end);
  }

  text(): string {
    return `${this.lines.join("\n").trimEnd()}\n`;
  }
}
