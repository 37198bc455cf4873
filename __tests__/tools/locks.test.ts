import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout, ROOT } from "../checkout";

/** Runs commands one after another in a checkout with changes, and returns what each printed. */
function runIn(changes: Parameters<typeof checkout>[0], ...commands: string[][]) {
  const { folder, remove } = checkout(changes);
  const env = { ...process.env, ENVIRONMENT: "prod" };
  try {
    const printed = commands.map((args) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", ...args], {
        cwd: folder,
        env,
      });
      return { status, stdout: stdout.toString(), stderr: stderr.toString() };
    });
    return { printed, locks: readFileSync(join(folder, "lib/locks.json"), "utf8") };
  } finally {
    remove();
  }
}

const LOCKS = ["tools/locks.ts"];
const SYNTHESIS = ["main.ts"];

it("lets a fork begin: its own account, name, Region and APP, and one environment less", () => {
  const own = (source: string) =>
    source
      .replaceAll("222222222222", "333333333333")
      .replaceAll("eu-west-1", "eu-central-1")
      .replaceAll("example-org", "people-org")
      .replace('name: "dev"', 'name: "staging"')
      .replace('APP = "identity"', 'APP = "people"');
  const { printed } = runIn({ "lib/environments.ts": own }, SYNTHESIS, LOCKS, SYNTHESIS);
  expect(printed).toEqual([
    {
      status: 1,
      stdout: "",
      stderr:
        'state-prod is in account 333333333333, Region eu-central-1, with APP "people", which is not locked yet: run npm run locks, and commit lib/locks.json.\n',
    },
    {
      status: 0,
      stdout: expect.stringMatching(
        /^lib\/locks\.json: state-dev is gone and never had an account of its own, so its locks are removed\.\nlib\/locks\.json: identity-dev is gone [^\n]*\nlib\/locks\.json: \d+ locks added\.\n$/,
      ),
      stderr: "",
    },
    { status: 0, stdout: "", stderr: "" },
  ]);
});

it("removes a pool that goes, says what it removed, and that it cannot know whether it was deployed", () => {
  const renamed = (source: string) => source.replace('UserPool(this, "anonymous"', 'UserPool(this, "nameless"');
  const remove = ["local", "dev", "prod"].flatMap((name) => ["--remove", `${name}/anonymous`]);
  const { printed, locks } = runIn({ "lib/identity-stack.ts": renamed }, LOCKS, [...LOCKS, ...remove], LOCKS);
  const lines = ["identity-local", "identity-dev", "identity-prod"].flatMap((stack) =>
    ["", ".usernameAttributes", ".aliasAttributes", ".caseSensitive"]
      .map(
        (property) =>
          `lib/locks.json: ${stack} no longer locks aws_cognito_user_pool.anonymous_pool_68EDC85E${property}`,
      )
      .concat(`lib/locks.json: ${stack} no longer locks aws_cognito_user_pool_client.anonymous_client_4B4BAF8D`),
  );
  expect(printed).toEqual([
    { status: 1, stdout: "", stderr: expect.stringMatching(/run npm run locks -- --remove local\/anonymous\.\n$/) },
    {
      status: 0,
      stdout: [
        ...lines,
        "15 locks removed. This is right only for what never was deployed, or may be deleted with everything in it.",
        "If something else is there instead, run npm run locks. Then commit lib/locks.json.",
        "",
      ].join("\n"),
      stderr: "",
    },
    { status: 0, stdout: "lib/locks.json: 15 locks added.\n", stderr: "" },
  ]);
  expect(locks).not.toContain("anonymous");
});

it("refuses another argument in one sentence", () => {
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", ...LOCKS, "dev"], { cwd: ROOT });
  expect(status).toBe(1);
  expect(stderr.toString()).toBe("Unexpected argument 'dev'; npm run locks -- --help says more.\n");
});
