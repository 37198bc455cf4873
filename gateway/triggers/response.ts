import { exception } from "../exceptions";
import { isFlag, isObject, isText, isTextList, isTextRecord } from "../json";

// Reads the fields of a function's response. Everywhere null means that the field is absent, and a value of another type
// is an error of the function.

export type Response = Readonly<Record<string, unknown>>;

export const unrecognizable = () => exception("InvalidLambdaResponseException", "Unrecognizable lambda output");

/** A boolean; false where it is absent. */
export const flag = (response: Response, name: string): boolean => read(response, name, isFlag) ?? false;

/** A text; null where it is absent. */
export const text = (response: Response, name: string): string | null => read(response, name, isText) ?? null;

/** A record of texts; undefined where it is absent. */
export const textRecord = (response: Response, name: string) => read(response, name, isTextRecord);

/** A list of texts; empty where it is absent. */
export const textList = (response: Response, name: string): readonly string[] => read(response, name, isTextList) ?? [];

/** An object; empty where it is absent. */
export const part = (response: Response, name: string): Response => read(response, name, isObject) ?? {};

function read<T>(response: Response, name: string, hasType: (value: unknown) => value is T): T | undefined {
  const value = response[name] ?? undefined;
  if (value === undefined || hasType(value)) return value;
  throw unrecognizable();
}
