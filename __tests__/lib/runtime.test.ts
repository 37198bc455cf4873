import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import { IdentityStack } from "../../lib/identity-stack";
import { BUNDLE_TARGET, newestRuntime, PROVIDER_VERSION, RUNTIME, RUNTIMES, type Runtime } from "../../lib/runtime";
import { checkRuntime, synthesisDate } from "../../lib/runtime-end";
import { StateStack } from "../../lib/state-stack";
import { checkout, ROOT } from "../checkout";
import { identityStack, LOCAL, testEnvironment } from "./synthesized";

describe("the runtime", () => {
  it("is the newest that the provider of the installed bindings accepts", () => {
    expect(identityStack().terraform.required_providers.aws.version).toBe(PROVIDER_VERSION);
    expect(RUNTIME).toBe(newestRuntime(PROVIDER_VERSION));
    expect(BUNDLE_TARGET).toBe(`node${/\d+/.exec(RUNTIME.name)}`);
  });

  it.each([
    ["5.99.1", "nodejs22.x"],
    ["5.100.0", "nodejs22.x"],
    ["6.0.0", "nodejs22.x"],
    ["6.18.0", "nodejs22.x"],
    ["6.19.0", "nodejs24.x"],
    ["6.25.0", "nodejs24.x"],
    ["7.0.0", "nodejs24.x"],
  ])("with provider %s is %s", (provider, name) => {
    expect(newestRuntime(provider).name).toBe(name);
  });

  it("is none with a provider that accepts none", () => {
    expect(() => newestRuntime("4.67.0")).toThrow("AWS provider 4.67.0 accepts none of nodejs24.x, nodejs22.x.");
  });

  it("ends step by step, and its successor later", () => {
    const days = [...RUNTIMES].reverse().flatMap((one) => [one.deprecated, one.createBlocked, one.changeBlocked]);
    expect(days).toEqual([...days].sort());
  });
});

it.each(RUNTIMES)("the page about the provider says when $name ends", (runtime) => {
  const page = readFileSync(join(ROOT, "docs/moving-to-provider-6.md"), "utf8");
  const { name, deprecated, createBlocked, changeBlocked } = runtime;
  expect(page).toContain(`| \`${name}\` | ${deprecated} | ${createBlocked} | ${changeBlocked} |`);
});

describe("the end of a runtime", () => {
  const NODE_22 = newestRuntime("5.100.0");

  /** What synthesis says on a day about the stacks of an environment in AWS, and of the local one. */
  function warnings(today: string, runtime: Runtime) {
    const app = new App({ stackTraces: false });
    const stacks: TerraformStack[] = [
      new StateStack(app, "state-test", testEnvironment()),
      new IdentityStack(app, "identity-test", testEnvironment()),
      new IdentityStack(app, "identity-local", testEnvironment(LOCAL)),
    ];
    checkRuntime(stacks, today, runtime);
    return stacks.flatMap(({ node }) => node.metadata.map(({ data }) => `${node.id}: ${data}`));
  }

  it.each(["2026-01-01", "2026-10-29"])("is not spoken of on %s, more than half a year before", (today) => {
    expect(warnings(today, NODE_22)).toEqual([]);
  });

  it.each(["2026-10-30", "2026-11-27", "2027-04-30", "2027-06-30"])("is a warning on %s", (today) => {
    expect(warnings(today, NODE_22)).toEqual([
      "identity-test: AWS stops mending nodejs22.x on 2027-04-30, making functions with it on 2027-06-01, and changing " +
        "them on 2027-07-01: run npm install --save-exact @cdktf/provider-aws@21.22.1, as docs/moving-to-provider-6.md " +
        "describes.",
    ]);
  });

  it.each(["2027-07-01", "2030-01-01"])("stops synthesis on %s", (today) => {
    expect(() => warnings(today, NODE_22)).toThrow(
      "identity-test has functions with nodejs22.x, and AWS changes none since 2027-07-01: run npm install --save-exact " +
        "@cdktf/provider-aws@21.22.1, as docs/moving-to-provider-6.md describes.",
    );
  });

  it("is not spoken of after moving on, nor where nothing but the local cloud is", () => {
    expect(warnings("2027-07-01", newestRuntime("6.25.0"))).toEqual([]);
    const local = new IdentityStack(new App(), "identity-local", testEnvironment(LOCAL));
    checkRuntime([local], "2030-01-01", NODE_22);
    expect(local.node.metadata).toEqual([]);
  });
});

describe("the day of synthesis", () => {
  it("is today, unless SYNTHESIS_DATE names another", () => {
    expect(synthesisDate({})).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(synthesisDate({ SYNTHESIS_DATE: "2027-07-01" })).toBe("2027-07-01");
  });

  it.each(["today", "2027-13-01", "2027-7-1"])("is not %j", (SYNTHESIS_DATE) => {
    expect(() => synthesisDate({ SYNTHESIS_DATE })).toThrow(
      `SYNTHESIS_DATE is "${SYNTHESIS_DATE}", but it must be a day such as 2027-01-31.`,
    );
  });

  it("decides what main.ts writes for cdktf to print, and whether it stops", () => {
    const last = RUNTIMES[0].changeBlocked;
    const { folder, remove } = checkout({});
    const run = (variables: NodeJS.ProcessEnv) => {
      const env = { ...process.env, ...variables };
      const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], { cwd: folder, env });
      return { status, stderr: stderr.toString() };
    };
    const levels = () => {
      const { stacks } = JSON.parse(readFileSync(join(folder, "cdktf.out/manifest.json"), "utf8"));
      return Object.values<typeof stacks>(stacks).flatMap(({ name, annotations }) =>
        annotations.map(({ level }: { level: string }) => `${name} ${level}`),
      );
    };
    try {
      expect(run({ SYNTHESIS_DATE: RUNTIME.deprecated })).toEqual({ status: 0, stderr: "" });
      expect(levels()).toEqual(["identity-dev @cdktf/warn", "identity-prod @cdktf/warn"]);
      expect(run({ SYNTHESIS_DATE: last })).toEqual({
        status: 1,
        stderr: expect.stringMatching(
          /^identity-dev has functions with nodejs\d+\.x, and AWS changes none since [^\n]+\n$/,
        ),
      });
    } finally {
      remove();
    }
  });
});
