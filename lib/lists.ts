import { z } from "zod";
import { SettingsError } from "./checked-settings";

/** Where a list repeats an earlier value; -1 if it does not. */
const placeOfRepeat = (list: readonly string[]) => list.findIndex((value, index) => list.indexOf(value) !== index);

/** The first value that a list has twice. */
export const repeatIn = (list: readonly string[]): string | undefined => list[placeOfRepeat(list)];

/** A list in which each value may stand once. AWS refuses a repeated value in some lists, and drops it in others. */
export const listWithoutRepeats = <Item extends z.ZodType<string>>(item: Item, error?: string) =>
  z.array(item, { error }).superRefine((list, context) => {
    const index = placeOfRepeat(list);
    if (index === -1) return;
    context.addIssue({ code: "custom", path: [index], input: list[index], message: "must be in the list once" });
  });

/**
 * The same for a list of a trigger's settings, whose schema is the handler's.
 * @throws SettingsError when a value is in the list twice
 */
export function requireWithoutRepeats(list: readonly string[], where: string): void {
  const twice = repeatIn(list);
  if (twice !== undefined) throw new SettingsError(`${where} has "${twice}" twice: leave one of them out.`);
}
