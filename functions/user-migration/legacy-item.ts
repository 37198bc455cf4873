import type { AttributeValue, LegacyItem } from "../shared/legacy-directory";
import { type HashedPassword, UnusablePassword } from "./scrypt";

/** The attributes of an item that hold the password. They never become attributes of the user. */
export const PASSWORD_ATTRIBUTES: readonly string[] = ["salt", "hash", "n", "r", "p"];

/** The value of an attribute as text, because Cognito's attributes are text. */
export function textOf({ S, N, BOOL }: AttributeValue = {}): string | undefined {
  return S ?? N ?? (BOOL === undefined ? undefined : String(BOOL));
}

/**
 * The password of an item.
 * @throws UnusablePassword naming the attribute that is missing or has a wrong type
 */
export function passwordOf(item: LegacyItem): HashedPassword {
  return {
    n: numberOf(item, "n"),
    r: numberOf(item, "r"),
    p: numberOf(item, "p"),
    salt: bytesOf(item, "salt"),
    hash: bytesOf(item, "hash"),
  };
}

function numberOf(item: LegacyItem, name: string): number {
  const text = item[name]?.N;
  if (text === undefined) throw new UnusablePassword(`${name} is missing, or no number`);
  return Number(text);
}

function bytesOf(item: LegacyItem, name: string): Buffer {
  const base64 = item[name]?.B ?? item[name]?.S;
  // Node would skip characters that are not base64, and the hash would be shorter.
  if (base64 === undefined || !/^[\w+/-]+={0,2}$/.test(base64)) {
    throw new UnusablePassword(`${name} is missing, or neither binary nor base64`);
  }
  return Buffer.from(base64, "base64");
}
