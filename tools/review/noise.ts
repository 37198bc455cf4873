import { type Change, isObject, UNKNOWN } from "./change";
import type { World } from "./world";

/**
 * Whether an update changes nothing: the provider plans one for a pool without triggers each time, because of its empty
 * `lambda_config`.
 */
export function isNoise(change: Change, world: World): boolean {
  if (change.kind !== "update") return false;
  return change.differences.every((name) => name === "lambda_config" && slotsAreSame(change, world));
}

function slotsAreSame(change: Change, world: World): boolean {
  const [before, after] = [change.before("lambda_config", 0), change.after("lambda_config", 0)];
  const names = [before, after].flatMap((slots) => (isObject(slots) ? Object.keys(slots) : []));
  return (
    after !== UNKNOWN &&
    [...new Set([...names, ...change.unknownIn("lambda_config", 0)])].every((slot) => {
      const value = change.after("lambda_config", 0, slot);
      if (change.hasUnknown("lambda_config", 0, slot)) return world.isSet(change, "lambda_config", slot) === false;
      return JSON.stringify(value || []) === JSON.stringify(change.before("lambda_config", 0, slot) || []);
    })
  );
}
