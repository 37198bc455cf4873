import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipped } from "../../lib/bundle-functions";
import { ROOT } from "../checkout";
import { changesIn } from "../e2e/cdktf";
import { HARMLESS, replaceCode, type TrialChange } from "./fixtures/fork-changes";
import { OwnCloud } from "./own-cloud";
import { DeployedStacks } from "./reviewed-stacks";

jest.setTimeout(20 * 60_000);

const FOLDER = join(".local", "trials", "way-back");
const [NAME, PASSWORD] = ["somebody@example.org", "correct horse battery staple"];

const cloud = new OwnCloud("way-back");
let stacks: DeployedStacks;
let pool: { userPoolId: string; clientId: string };
/** What the local cloud does not give back as it was set, so that a plan always has it. */
let planned: string[];

beforeAll(async () => {
  await cloud.start({ fresh: true });
  stacks = new DeployedStacks(FOLDER);
  await stacks.deploy();
  planned = changesIn(await stacks.plan("identity", {}));
  const { output } = await stacks.terraform("identity", "output", "-json", "pools");
  pool = JSON.parse(output.slice(output.indexOf("{"))).people;
  const user = ["--user-pool-id", pool.userPoolId, "--username", NAME];
  await stacks.aws("cognito-idp", "admin-create-user", ...user, "--message-action", "SUPPRESS");
  await stacks.aws("cognito-idp", "admin-set-user-password", ...user, "--password", PASSWORD, "--permanent");
});
afterAll(() => cloud.stop());

const signIn = () =>
  stacks.aws(
    ...["cognito-idp", "initiate-auth", "--client-id", pool.clientId, "--auth-flow", "USER_PASSWORD_AUTH"],
    ...["--auth-parameters", JSON.stringify({ USERNAME: NAME, PASSWORD })],
  );

/** A bundle that fails whenever it is called. */
function brokenCode(): { path: string; hash: string } {
  const zip = zipped(Buffer.from('exports.handler = async () => { throw new Error("broken"); };'));
  const path = join(ROOT, FOLDER, "broken.zip");
  writeFileSync(path, zip);
  return { path, hash: createHash("sha256").update(zip).digest("base64") };
}

const CHANGES: [kind: string, change: () => TrialChange | undefined, after: "signs in" | "fails"][] = [
  ["code", () => ({ edit: replaceCode("pre-authentication", brokenCode()) }), "fails"],
  ["a setting of a pool", () => HARMLESS["password-longer"], "signs in"],
  ["a setting of a trigger", () => HARMLESS["denied-domain-added"], "signs in"],
  ["token lifetimes", () => HARMLESS["tokens-shorter"], "signs in"],
  ["texts", () => HARMLESS["texts-changed"], "signs in"],
  ["a trigger that is attached", () => HARMLESS["trigger-attached-in-the-second-step"], "signs in"],
  ["a right", () => HARMLESS["right-with-fewer-actions"], "signs in"],
];

it.each(CHANGES)("%s: the old commit is deployed again, and everything is as before", async (_, change, after) => {
  await stacks.apply(change() ?? {});
  if (after === "fails") await expect(signIn()).rejects.toThrow("PreAuthentication failed with error");
  else await signIn();
  await stacks.apply({});
  await signIn();
  expect(changesIn(await stacks.plan("identity", {}))).toEqual(planned);
});

it("an attribute that is added stays: the plan without it is refused, and nothing is done", async () => {
  await stacks.apply(HARMLESS["attribute-added"] ?? {});
  await expect(stacks.apply({})).rejects.toThrow();
  await signIn();
});
