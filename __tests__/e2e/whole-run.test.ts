import { InvokeCommand } from "@aws-sdk/client-lambda";
import { describeCloud, lambda } from "./cloud";
import { functionOf } from "./functions";
import { callJson } from "./services";
import { TRIGGERS_STACK as stack } from "./triggers/triggers-stack";
import { usedValues } from "./used-values";

/** Every line that any function has logged, by log group. */
async function logs(): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  const { logGroups } = await callJson<{ logGroups: { logGroupName: string }[] }>(
    "logs",
    "Logs_20140328.DescribeLogGroups",
    {},
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

// The last of the end-to-end tests, by its name: it looks back on all that they did.
describeCloud("the whole run", () => {
  it("logged no password, code, token, name, address or phone number that it used", async () => {
    await stack.ready();
    const { name, logGroup } = await functionOf("identity-local-verified-pre-authentication");
    const canary = `Canary_${Date.now()}`;
    await lambda.send(
      new InvokeCommand({
        FunctionName: name,
        Payload: Buffer.from(JSON.stringify({ triggerSource: canary })),
      }),
    );
    const all = await logs();
    expect(all.get(logGroup)).toContain(canary);
    expect(all.size).toBeGreaterThanOrEqual(14);

    const values = usedValues();
    expect(values.length).toBeGreaterThan(5);
    const found: string[] = [];
    for (const [group, text] of all) {
      for (const value of values) {
        // Six digits alone would be found in times and ids.
        const at = /^\d+$/.test(value)
          ? text.search(new RegExp(`(?<![\\w.-])${value}(?![\\w.-])`))
          : text.indexOf(value);
        if (at >= 0) found.push(`${group}: ${text.slice(Math.max(0, at - 100), at + 100)}`);
      }
    }
    expect(found).toEqual([]);
  });

  it("leaves nothing after the stack of all triggers is destroyed", async () => {
    expect((await stack.resources()).length).toBeGreaterThan(100);
    const output = await stack.destroy();
    expect(output).toMatch(/Destroy complete! Resources: \d+ destroyed/);
    expect(await stack.resources()).toEqual([]);
  }, 300_000);
});
