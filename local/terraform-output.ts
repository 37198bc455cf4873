/** The plan in the output of Terraform, without the progress lines before it. */
export function planIn(output: string): string {
  const [text = ""] = from(output, /No changes\.|Terraform used the selected providers/).split(/^.*─{9}/m);
  return withoutMargin(text);
}

/** The error in the output of Terraform, or the last lines if there is no error. */
export function errorIn(output: string): string {
  // cdktf prints its animation and its count of stacks even if the output is not a terminal.
  const noise = /^[\u2800-\u28ff]|^\d+ Stacks? \w+ |^Invoking Terraform CLI failed|^\s*$/;
  const quiet = output.split("\n").filter((line) => !noise.test(line));
  const error = from(quiet.join("\n"), /Error: /);
  return error ? withoutMargin(error).split("\n").slice(0, 40).join("\n") : quiet.slice(-15).join("\n");
}

/** The output from the first line that contains the text. Empty if no line does. */
function from(output: string, text: RegExp): string {
  const lines = output.split("\n");
  const first = lines.findIndex((line) => text.test(line));
  return first < 0 ? "" : lines.slice(first).join("\n");
}

/** cdktf begins the first line of a message with the stack's name, and the other lines with as many spaces. */
function withoutMargin(text: string): string {
  const margin = text.match(/^\S+ {2}/)?.[0] ?? "";
  return text
    .split("\n")
    .map((line) => (line.startsWith(margin) || !line.slice(0, margin.length).trim() ? line.slice(margin.length) : line))
    .join("\n")
    .trimEnd();
}
