import { type Change, UNKNOWN } from "../change";
import { functionNamed } from "../functions";
import { matches } from "../policy";
import type { Problem, Rule } from "../rule";
import { shown, thing } from "../words";
import type { World } from "../world";

const COGNITO = "cognito-idp.amazonaws.com";

/** Who may call a trigger's function. */
export const permissionWidened: Rule = {
  id: "permission-widened",
  effect: "protection",
  reason: "Whoever may call a trigger's function can feed it made-up events, and learn or change what it answers.",
  check(change, world) {
    if (change.type === "aws_lambda_function_url") return functionUrl(change);
    if (change.type !== "aws_lambda_permission" || change.after("function_name") === undefined) return [];
    if (change.kind === "none" || change.kind === "forget" || change.kind === "delete") return [];
    const earlier = change.kind === "create" ? earlierOf(change, world) : [change];
    // Of a function that is new, or that nobody could call, this is the first permission.
    if (earlier === undefined || earlier.length === 0)
      return isOpen(change) ? [{ text: `${opening(change)} by ${who(change)}.` }] : [];
    if (earlier.some((before) => covers(before, change, world))) return [];
    return [{ text: `${opening(change)} by ${who(change)}, as it could not before.` }];
  },
};

const opening = (change: Change) => `The function of ${thing(change)} can be called`;

function functionUrl(change: Change): Problem[] {
  if (change.kind === "none" || change.kind === "delete" || change.kind === "forget") return [];
  const [before, after] = [change.before("authorization_type"), change.after("authorization_type")];
  if (after === before || after === "AWS_IAM") return [];
  return [{ text: `The function of ${thing(change)} can be called by anybody on the internet.` }];
}

/** The permissions that the function has already. Undefined for a function that is new. */
function earlierOf(change: Change, world: World): Change[] | undefined {
  const fn = functionNamed(change, "after");
  if (fn === undefined) return undefined;
  const made = world
    .of("aws_lambda_function")
    .some((other) => other.kind === "create" && other.after("function_name") === fn);
  if (made) return undefined;
  return world.of("aws_lambda_permission").filter((other) => other !== change && functionNamed(other, "before") === fn);
}

/** Whether everything that the permission allows was allowed by the earlier one. */
function covers(earlier: Change, change: Change, world: World): boolean {
  return (
    earlier.before("principal") === change.after("principal") &&
    ["source_account", "principal_org_id", "event_source_token", "function_url_auth_type", "qualifier"].every(
      (name) => !earlier.before(name) || earlier.before(name) === change.after(name),
    ) &&
    actionWithin(earlier.before("action"), change.after("action")) &&
    sourceWithin(earlier.before("source_arn"), change, world)
  );
}

const actionWithin = (before: unknown, after: unknown) =>
  typeof before === "string" && typeof after === "string" && matches(before.toLowerCase(), after.toLowerCase());

function sourceWithin(before: unknown, change: Change, world: World): boolean {
  const after = change.after("source_arn");
  if (!before || before === after) return true;
  // Of a pool that is made anew: that is a finding of its own.
  if (after === UNKNOWN)
    return world.of("aws_cognito_user_pool").some((pool) => pool.kind === "replace" && pool.before("arn") === before);
  return typeof before === "string" && typeof after === "string" && after !== "" && matches(before, after);
}

/** Whether more than one pool, or one rule of a service, may call. */
function isOpen(change: Change): boolean {
  const [principal, source] = [change.after("principal"), change.after("source_arn")];
  if (principal === "*" || principal === UNKNOWN) return true;
  // Another account, or somebody in this one.
  if (typeof principal !== "string" || !principal.endsWith(".amazonaws.com")) return true;
  if (source === UNKNOWN) return false;
  return !source || (principal === COGNITO && String(source).includes("*"));
}

function who(change: Change): string {
  const value = (name: string) => shown(change, change.after(name), [name]);
  const source = change.after("source_arn") ? `for ${value("source_arn")}` : "for any resource";
  const account = change.after("source_account") ? `in the account ${value("source_account")}` : "in any account";
  return `${value("principal")} ${source} ${account}`;
}
