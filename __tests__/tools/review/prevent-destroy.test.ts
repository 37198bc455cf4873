import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preventDestroyRemoved } from "../../../tools/review/prevent-destroy";

const folder = mkdtempSync(join(tmpdir(), "review-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes what synthesis writes for a stack with one pool, in a folder of this name. */
function output(name: string, pool: object | undefined): string {
  const stack = join(folder, name, "stacks", "identity-dev");
  mkdirSync(stack, { recursive: true });
  const resource = { aws_cognito_user_pool: pool ? { people: pool } : {} };
  writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ resource }));
  return join(folder, name);
}

const guarded = { lifecycle: { prevent_destroy: true } };

it.each<[string, object | undefined, object | undefined, string[]]>([
  ["removed", guarded, {}, ["aws_cognito_user_pool.people"]],
  ["turned off", guarded, { lifecycle: { prevent_destroy: false } }, ["aws_cognito_user_pool.people"]],
  ["kept", guarded, guarded, []],
  ["added", {}, guarded, []],
  ["gone with its pool, which the plan shows", guarded, undefined, []],
])("prevent_destroy that is %s", (_, before, now, addresses) => {
  const found = preventDestroyRemoved(output("base", before), ["identity-dev"], output("now", now));
  expect(found.map(({ address }) => address)).toEqual(addresses);
});

it("refuses a base without the stacks", () => {
  expect(() => preventDestroyRemoved(folder, ["identity-dev"], output("now", {}))).toThrow(
    /has none of the stacks identity-dev: give the cdktf\.out of the base\.$/,
  );
});
