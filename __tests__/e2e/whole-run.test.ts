import { InvokeCommand } from "@aws-sdk/client-lambda";
import { describeCloud, lambda } from "./cloud";
import { functionOf } from "./functions";
import { leaksIn, logs } from "./logs";

// The last of the end-to-end tests, by its name: it looks back on all that they did.
describeCloud("the whole run", () => {
  it("logged no password, code, token, name, address or phone number that it used", async () => {
    const { name, logGroup } = await functionOf("identity-local-verified-pre-authentication");
    const canary = `Canary_${Date.now()}`;
    await lambda.send(
      new InvokeCommand({
        FunctionName: name,
        Payload: Buffer.from(JSON.stringify({ triggerSource: canary })),
      }),
    );
    const all = await logs("/aws/lambda/");
    expect(all.get(logGroup)).toContain(canary);
    expect(all.size).toBeGreaterThanOrEqual(15);
    expect(leaksIn(all)).toEqual([]);
  });
});
