import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./checkout";

const FOLDER = join(ROOT, ".github", "workflows");
const WORKFLOWS = readdirSync(FOLDER);
const textOf = (workflow: string) => readFileSync(join(FOLDER, workflow), "utf8");

/** The scripts of a workflow: what follows `run:`, on the line or below it. */
const scriptsOf = (workflow: string) =>
  [...textOf(workflow).matchAll(/^( +)(?:- )?run: (?:\|\n((?:\1 +.*\n|\n)+)|(.*))/gm)].map(
    ([, , block, line]) => block ?? line,
  );

it("there are those that docs/ci.md names", () => {
  expect(WORKFLOWS.sort()).toEqual(["check.yml", "deploy.yml", "diff.yml", "drift.yml"]);
});

describe.each(WORKFLOWS)("%s", (workflow) => {
  const text = textOf(workflow);

  it("pins every action by its commit, and names the version", () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses).not.toEqual([]);
    for (const use of uses) expect(use).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("may only read the code, unless a job says otherwise", () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
    expect(text).not.toContain("write-all");
  });

  it("never runs with the rights of the base for code of a pull request, and keeps no credentials in the checkout", () => {
    expect(text).not.toContain("pull_request_target");
    const checkouts = text.match(/uses: actions\/checkout@.*\n +with:\n +persist-credentials: false/g) ?? [];
    expect(checkouts).toHaveLength((text.match(/actions\/checkout@/g) ?? []).length);
  });

  it("puts nothing of GitHub into a script but by a variable", () => {
    const scripts = scriptsOf(workflow);
    expect(scripts).not.toEqual([]);
    for (const script of scripts) expect(script).not.toContain("${{");
  });

  it("writes nothing in a job that may take a role, and takes no role in one that may write", () => {
    const jobs = text.split(/^ {2}(?=[\w-]+:\n)/m).slice(1);
    for (const job of jobs) {
      if (/: write/.test(job.replace("id-token: write", ""))) expect(job).not.toMatch(/id-token|checkout/);
    }
  });
});

it("all name one version of each action", () => {
  const used = WORKFLOWS.flatMap((workflow) => textOf(workflow).match(/uses: .*/g) ?? []);
  const actions = new Set(used.map((use) => use.split("@")[0]));
  expect(new Set(used).size).toBe(actions.size);
});
