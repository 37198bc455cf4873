import { refusal } from "./errors";
import { isObject, isText, isTextList, isTextRecord } from "./input";

// What functions may write into a response. AWS takes null for absent everywhere, and anything of another type for a
// mistake of the function.

export type Response = Readonly<Record<string, unknown>>;

export const unrecognizable = () => refusal("InvalidLambdaResponseException", "Unrecognizable lambda output");

/** A flag; absent is false. */
export const flag = (response: Response, name: string): boolean => read(response, name, isFlag) ?? false;

/** A text; absent is null. */
export const text = (response: Response, name: string): string | null => read(response, name, isText) ?? null;

/** Texts by their names; absent is undefined. */
export const textRecord = (response: Response, name: string) => read(response, name, isTextRecord);

/** A list of texts; absent is empty. */
export const textList = (response: Response, name: string): readonly string[] => read(response, name, isTextList) ?? [];

/** A part that has parts itself; absent is empty. */
export const part = (response: Response, name: string): Response => read(response, name, isObject) ?? {};

const isFlag = (value: unknown): value is boolean => typeof value === "boolean";

function read<T>(response: Response, name: string, isRight: (value: unknown) => value is T): T | undefined {
  const value = response[name] ?? undefined;
  if (value === undefined || isRight(value)) return value;
  throw unrecognizable();
}
