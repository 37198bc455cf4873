import { callJson } from "./services";
import { usedValues } from "./used-values";

/** Every line that functions have logged, by log group. */
export async function logs(logGroupNamePrefix: string): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  const { logGroups } = await callJson<{ logGroups: { logGroupName: string }[] }>(
    "logs",
    "Logs_20140328.DescribeLogGroups",
    { logGroupNamePrefix },
  );
  for (const { logGroupName } of logGroups) {
    let nextToken: string | undefined;
    let text = "";
    do {
      const page = await callJson<{ events: { message: string }[]; nextToken?: string }>(
        "logs",
        "Logs_20140328.FilterLogEvents",
        { logGroupName, nextToken },
      );
      text += page.events.map(({ message }) => `${message}\n`).join("");
      nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
    } while (nextToken);
    lines.set(logGroupName, text);
  }
  return lines;
}

/** What logs hold of the passwords, codes, tokens, names, addresses and phone numbers that the tests used so far. */
export function leaksIn(logs: ReadonlyMap<string, string>): string[] {
  const values = usedValues();
  expect(values.length).toBeGreaterThan(5);
  return [...logs].flatMap(([group, text]) =>
    values
      .map((value) => placeOf(value, text))
      .filter((at) => at >= 0)
      .map((at) => `${group}: ${text.slice(Math.max(0, at - 100), at + 100)}`),
  );
}

/** Six digits alone would be found in times and ids. */
const placeOf = (value: string, text: string) =>
  /^\d+$/.test(value) ? text.search(new RegExp(`(?<![\\w.-])${value}(?![\\w.-])`)) : text.indexOf(value);
