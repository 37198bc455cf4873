/** What Terraform plans, without the steps that led there. */
export function plan(output: string): string {
  const [text = ""] = from(output, /No changes\.|Terraform used the selected providers/).split(/^.*─{9}/m);
  return withoutMargin(text);
}

/** What Terraform complains about, or the last lines where it did not come to that. */
export function complaint(output: string): string {
  // The spinner turns, and the stacks are counted, even where nobody looks.
  const noise = /^[\u2800-\u28ff]|^\d+ Stacks? \w+ |^Invoking Terraform CLI failed|^\s*$/;
  const quiet = output.split("\n").filter((line) => !noise.test(line));
  const said = from(quiet.join("\n"), /Error: /);
  return said ? withoutMargin(said).split("\n").slice(0, 40).join("\n") : quiet.slice(-15).join("\n");
}

/** The output from the first line that has the text; nothing when none has. */
function from(output: string, text: RegExp): string {
  const lines = output.split("\n");
  const first = lines.findIndex((line) => text.test(line));
  return first < 0 ? "" : lines.slice(first).join("\n");
}

/** cdktf puts the stack's name before the first line of a message, and as many blanks before the others. */
function withoutMargin(text: string): string {
  const margin = text.match(/^\S+ {2}/)?.[0] ?? "";
  return text
    .split("\n")
    .map((line) => (line.startsWith(margin) || !line.slice(0, margin.length).trim() ? line.slice(margin.length) : line))
    .join("\n")
    .trimEnd();
}
