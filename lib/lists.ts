import { z } from "zod";
import { SettingsError } from "./checked-settings";

/** A list in which each value may stand once. AWS refuses a repeated value in some lists, and drops it in others. */
export const listWithoutRepeats = <Item extends z.ZodType<string>>(item: Item, error?: string) =>
  z.array(item, { error }).superRefine((list, context) => {
    const index = list.findIndex((value, place) => list.indexOf(value) !== place);
    if (index === -1) return;
    context.addIssue({ code: "custom", path: [index], input: list[index], message: "must be in the list once" });
  });

/**
 * The same for a list of a trigger's settings, whose schema is the handler's.
 * @throws SettingsError when a value is in the list twice
 */
export function requireWithoutRepeats(list: readonly string[], where: string): void {
  const twice = list.find((value, index) => list.indexOf(value) !== index);
  if (twice !== undefined) throw new SettingsError(`${where} has "${twice}" twice: leave one of them out.`);
}
