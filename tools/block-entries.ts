import { z } from "zod";
import { activeBlock, type Block } from "../functions/shared/block-list";
import { normalDomain } from "../functions/shared/domains";
import { normalPhoneNumber, normalUser } from "../functions/shared/names";
import { canBeKey } from "../functions/shared/table-key";

/** An entry of the block list with its reason, which only administrators see. */
export interface ListedBlock extends Block {
  readonly reason?: string;
}

/** An entry as a person writes it. */
export interface WrittenBlock {
  readonly entry: string;
  readonly until?: string;
  readonly reason?: string;
}

/** A mistake in the arguments or the file. The message is for the person who wrote them, and nothing was changed. */
export class InputError extends Error {
  override readonly name = "InputError";
}

// The characters that Cognito accepts in a user name.
const USER = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,500}$/u;
const REASON = /^\P{Cc}{1,500}$/u;

const day = z.iso.date();
const time = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })]);

/**
 * The entry as the table stores it and as the triggers compare it.
 * @throws InputError naming what is wrong, its value and what is allowed
 */
export function blockOf({ entry, until, reason }: WrittenBlock, now = Date.now()): ListedBlock {
  return {
    entry: normalEntry(entry),
    ...(until && { until: secondsOf(until, now) }),
    ...(reason && { reason: checkedReason(reason) }),
  };
}

/**
 * The entry in the spelling that the triggers look for.
 * @throws InputError
 */
export function normalEntry(entry: string): string {
  const { kind, name } = partsOf(entry);
  if (kind === "user") {
    const normal = `user:${normalUser(name)}`;
    // A phone number may be written with spaces.
    if (!(USER.test(name) || normalPhoneNumber(name)) || normal === "user:" || !canBeKey(normal)) {
      throw wrong("user", name, "a user name, sub, address or phone number: up to 500 characters, no white space");
    }
    return normal;
  }
  if (kind === "domain") {
    const domain = normalDomain(name);
    if (!domain?.includes(".")) throw wrong("domain", name, "a domain such as example.com");
    return `domain:${domain}`;
  }
  throw wrong("entry", entry, "user:<name, sub, address or phone number> or domain:<domain>");
}

/** The two parts of an entry as it is written; the kind is missing where it is none that there is. */
export function partsOf(entry: string): { kind?: string; name: string } {
  const [, kind, name = ""] = /^(user|domain):(.*)$/su.exec(entry.trim()) ?? [];
  return { kind, name };
}

/** How entries were spelled before they had a normal spelling. */
export const earlierEntry = (entry: string): string => `user:${partsOf(entry).name.toLowerCase()}`;

/** The normal spelling of an entry of the table, whoever wrote it; unchanged where it has none. */
export function normalStored(entry: string): string {
  const { kind, name } = partsOf(entry);
  const normal = kind === "user" ? normalUser(name) : normalDomain(name);
  return kind && normal && canBeKey(`${kind}:${normal}`) ? `${kind}:${normal}` : entry;
}

/** The block of two that ends later; the first one if both end at the same time. */
export function longer<A extends Block, B extends Block>(first: A, second: B): A | B {
  const end = ({ until = Number.POSITIVE_INFINITY }: Block) => until;
  return end(second) > end(first) ? second : first;
}

/** An entry as JSON shows it. */
export function shown(block: ListedBlock) {
  const { entry, until, reason } = block;
  return {
    entry,
    ...(until !== undefined && { until: timeOf(until) }),
    ...(reason !== undefined && { reason }),
    ...(hasRunOut(block) && { expired: true }),
  };
}

/** Whether the triggers ignore an entry, because its time has passed. */
export const hasRunOut = (block: ListedBlock): boolean => activeBlock([block]) === undefined;

/** The time at which an entry expires, as text for people and programs. */
export function timeOf(until: number): string {
  // Another program may have written to the table. A later date than this one cannot be converted to text.
  const latest = Date.UTC(9999, 11, 31, 23, 59, 59);
  return new Date(Math.min(until * 1000, latest)).toISOString().replace(".000Z", "Z");
}

function secondsOf(until: string, now: number): number {
  const moment = day.safeParse(until).success ? `${until}T23:59:59Z` : until;
  if (!time.safeParse(moment).success) {
    throw wrong("until", until, "a day (2030-12-31) or a time with its zone (2030-12-31T18:00Z)");
  }
  const seconds = Math.ceil(Date.parse(moment) / 1000);
  if (seconds * 1000 <= now) throw wrong("until", until, "in the future");
  return seconds;
}

function checkedReason(reason: string): string {
  if (!REASON.test(reason)) {
    throw wrong("reason", reason, "up to 500 characters without tabs and line breaks");
  }
  return reason;
}

function wrong(what: string, value: string, allowed: string): InputError {
  const shown = value.length > 100 ? `${value.slice(0, 100)}…` : value;
  return new InputError(`${what} is ${JSON.stringify(shown)}, but it must be ${allowed}.`);
}
