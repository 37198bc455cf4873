import { type Change, isObject, UNKNOWN } from "../change";
import { functionOf, isFor, nameIn } from "../functions";
import { matches } from "../policy";
import type { Problem, Rule } from "../rule";
import { listed, quoted, thing } from "../words";
import type { World } from "../world";

/** Each slot of `lambda_config`, and what ends without its trigger. */
const SLOTS: Record<string, string> = {
  pre_sign_up: "auto-confirmation, denied domains, the block list and the take-over guard no longer apply at sign-up",
  post_confirmation: "new people no longer get their group",
  user_migration: "people of the legacy directory no longer come in",
  pre_authentication: "denied domains and the block list no longer keep anybody out at sign-in",
  post_authentication: "sign-ins are no longer recorded",
  define_auth_challenge: "nobody can sign in with a code",
  create_auth_challenge: "nobody can sign in with a code",
  verify_auth_challenge_response: "nobody can sign in with a code",
  pre_token_generation: "the token policy ends, and denied domains and the block list keep nobody out at a refresh",
  pre_token_generation_config:
    "the token policy ends, and denied domains and the block list keep nobody out at a refresh",
  custom_message: "messages have Cognito's own words",
  custom_email_sender: "mail goes through Cognito again",
  custom_sms_sender: "text messages go through Cognito again",
};

/** A pool that no longer calls a function. */
export const triggerDetached: Rule = {
  id: "trigger-detached",
  effect: "protection",
  reason: "What a trigger refuses is allowed once the pool no longer calls it, and what it does is not done.",
  check(change) {
    if (!isUpdated(change)) return [];
    const gone = new Map<string, string[]>();
    for (const slot of slotsOf(change)) {
      if (functionIn(change, "before", slot) === undefined || functionIn(change, "after", slot) !== undefined) continue;
      const ends = Object.hasOwn(SLOTS, slot) ? (SLOTS[slot] ?? "") : "what it did is no longer done";
      gone.set(ends, [...(gone.get(ends) ?? []), slot]);
    }
    const detached = [...gone].map(([ends, slots]) => ({
      text: `The ${thing(change)} no longer calls ${listed(slots)}: ${ends}.`,
    }));
    return [...detached, ...otherFunctions(change), ...olderVersions(change), ...otherKey(change)];
  },
};

/** Another function: what the old one did ends, too. */
function otherFunctions(change: Change): Problem[] {
  const slots = slotsOf(change).filter((slot) => {
    const [before, after] = [functionIn(change, "before", slot), functionIn(change, "after", slot)];
    return typeof before === "string" && typeof after === "string" && functionOf(before) !== functionOf(after);
  });
  if (slots.length === 0) return [];
  return [{ text: `The ${thing(change)} calls another function for ${listed(slots)}: what the old one did ends.` }];
}

/** An older event version: a function for tokens then changes less. */
function olderVersions(change: Change): Problem[] {
  const before = change.before("lambda_config", 0, "pre_token_generation_config", 0, "lambda_version");
  const after = change.after("lambda_config", 0, "pre_token_generation_config", 0, "lambda_version");
  if (typeof before !== "string" || typeof after !== "string" || after >= before) return [];
  return [
    {
      text: `The ${thing(change)} calls pre_token_generation with ${quoted(after)} instead of ${quoted(before)}: the token policy is not in every token any more.`,
    },
  ];
}

/** Another key, or none, for the codes that senders get. */
function otherKey(change: Change): Problem[] {
  const before = change.before("lambda_config", 0, "kms_key_id");
  const after = change.after("lambda_config", 0, "kms_key_id");
  const sends = ["custom_email_sender", "custom_sms_sender"].some((slot) => functionIn(change, "after", slot));
  if (!before || !sends || before === after) return [];
  return [
    {
      text: `The ${thing(change)} encrypts codes for its senders with another key: until they may use it, no code arrives.`,
    },
  ];
}

/** A pool that calls a function which it may not call yet. */
export const triggerAttachedEarly: Rule = {
  id: "trigger-attached-early",
  effect: "access",
  reason: "The pool calls the function as soon as it names it, and the permission comes later: calls in between fail.",
  check(change, world) {
    if (!isUpdated(change)) return [];
    const early = slotsOf(change).filter((slot) => {
      const arn = functionIn(change, "after", slot);
      if (arn === undefined || arn === functionIn(change, "before", slot)) return false;
      if (arn === UNKNOWN) return world.isSet(change, "lambda_config", slot) !== false;
      return !isPermitted(arn, change, world);
    });
    if (early.length === 0) return [];
    const text = `The ${thing(change)} calls ${listed(early)} before it may: until the permission is there, what needs it fails. Deploy with attached: false first.`;
    return [{ text }];
  },
};

/** Whether the permission for the pool to call the function is there already, and stays. */
function isPermitted(arn: string, pool: Change, world: World): boolean {
  return world.of("aws_lambda_permission").some((one) => stays(one) && allows(one, "before", arn, pool));
}

const stays = ({ kind }: Change) => kind === "none" || kind === "update";

/** A permission that a pool needs, and that goes. */
export const permissionRemoved: Rule = {
  id: "permission-removed",
  effect: "access",
  reason: "A pool that may no longer call a trigger's function refuses everybody who needs the trigger.",
  check(change, world) {
    if (change.type !== "aws_lambda_permission" || !change.goes) return [];
    const pools = world.of("aws_cognito_user_pool").filter(stays);
    return pools.flatMap((pool) => {
      const called = slotsOf(pool)
        .map((slot) => functionIn(pool, "after", slot))
        .find((arn) => typeof arn === "string" && isLost(change, arn, pool, world));
      if (called === undefined) return [];
      const forNow = change.kind === "replace" && allows(change, "after", String(called), pool) ? " for a moment" : "";
      return [
        {
          text: `The ${thing(pool)} may no longer call ${quoted(nameIn(String(called)))}${forNow}: what needs this trigger fails.`,
        },
      ];
    });
  },
};

/** Whether a pool that the permission allows to call the function may no longer call it, or not for a moment. */
function isLost(change: Change, arn: string, pool: Change, world: World): boolean {
  if (!allows(change, "before", arn, pool)) return false;
  if (change.kind === "replace" && change.createsFirst && allows(change, "after", arn, pool)) return false;
  return !world
    .of("aws_lambda_permission")
    .some((other) => other !== change && stays(other) && allows(other, "before", arn, pool));
}

const allows = (permission: Change, when: "before" | "after", arn: string, pool: Change) =>
  isFor(permission, when, arn, pool) && mayCall(permission, when, pool);

/** Whether the permission is for calls of this pool. */
function mayCall(permission: Change, when: "before" | "after", pool: Change): boolean {
  const [source, arn] = [permission[when]("source_arn"), pool.before("arn")];
  return source === undefined || (typeof source === "string" && typeof arn === "string" && matches(source, arn));
}

const isUpdated = ({ type, kind }: Change) => type === "aws_cognito_user_pool" && kind === "update";

/** The slots that the pool has before or afterwards. */
function slotsOf(change: Change): string[] {
  const names = (["before", "after"] as const).flatMap((when) => {
    const config = change[when]("lambda_config", 0);
    return isObject(config) ? Object.keys(config) : [];
  });
  return [...new Set([...names, ...Object.keys(SLOTS)])].filter((slot) => slot !== "kms_key_id");
}

/** The ARN of the function in a slot. Undefined where the slot is empty. */
function functionIn(change: Change, when: "before" | "after", slot: string): string | typeof UNKNOWN | undefined {
  const value = change[when]("lambda_config", 0, slot);
  const arn =
    Array.isArray(value) || value === undefined ? change[when]("lambda_config", 0, slot, 0, "lambda_arn") : value;
  if (arn === UNKNOWN || value === UNKNOWN) return UNKNOWN;
  return typeof arn === "string" && arn !== "" ? arn : undefined;
}
