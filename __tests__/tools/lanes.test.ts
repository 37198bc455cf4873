import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { newestRuntime } from "../../lib/runtime";
import { LANES } from "../../tools/lane-list";
import { ROOT } from "../checkout";

it("refuses a lane that there is not", () => {
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "tools/lanes.ts", "provider-7"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(stderr).toBe('The lane is "provider-7", but the lanes are provider-6, cdktn, cdktn-provider-6.\n');
  expect(status).toBe(2);
});

it.each(LANES)("the page describes $name", ({ name, dependencies }) => {
  const page = readFileSync(join(ROOT, "docs/moving-to-cdktn.md"), "utf8");
  expect(page).toContain(`| \`${name}\` |`);
  for (const version of Object.values(dependencies)) expect(page).toContain(version);
});

it("what synthesis says of the runtime's end names the bindings of the lane", () => {
  const [{ dependencies }] = LANES.filter(({ name }) => name === "provider-6") as [(typeof LANES)[number]];
  const version = dependencies["@cdktf/provider-aws"];
  expect(newestRuntime("5.100.0").moveOn).toContain(`@cdktf/provider-aws@${version},`);
});
