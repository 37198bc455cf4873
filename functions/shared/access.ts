import { z } from "zod";
import { activeBlock, entriesFor, readBlocks } from "./block-list";
import { domainOf, listedDomain, normalDomain } from "./domains";
import { UserFacingError, userBlocked } from "./errors";
import { attributesOf, comesFromProvider, emailOf, type TriggerEvent } from "./event";
import { settingsObject } from "./settings-object";
import { isVerified } from "./verified";

/** A list of domains. The spelling is not changed, because people read the domain in a refusal. */
export const domainList = () =>
  z.array(
    z.string().refine((domain) => normalDomain(domain)?.includes("."), {
      error: "must be a domain such as example.com",
    }),
  );

/** DynamoDB's answers to a question that is wrong in itself. They are no outage. */
const WRONG_QUESTION = ["ValidationException", "SerializationException"];

/** Who may sign up and sign in. Every trigger that can refuse a person uses this property of the pool. */
export const accessSchema = () =>
  settingsObject({
    /**
     * Email domains whose users are refused, as `example.com`.
     * @default none
     */
    deniedDomains: domainList().default([]),
    /**
     * The only email domains whose users are accepted.
     * @default every domain that is not denied
     */
    allowedDomains: domainList().min(1, "must name one domain at least, or be left out").optional(),
    /**
     * Whether a domain in a list, or in the block list, includes its sub-domains.
     * @default false
     */
    includeSubdomains: z.boolean().default(false),
    /**
     * Whether `access` also applies when an administrator creates a user. At sign-in it always applies, to every user.
     * @default false
     */
    appliesToAdminCreatedUsers: z.boolean().default(false),
    /**
     * Whether people are refused when the block list cannot be read in time.
     * @default "deny"
     */
    onUnavailable: z.enum(["deny", "allow"]).default("deny"),
  });

export type AccessSettings = z.input<ReturnType<typeof accessSchema>>;

/** The settings as a function reads them. Synthesis adds the name of the block list's table, if there is one. */
export type Access = z.output<ReturnType<typeof accessSchema>> & {
  readonly blockListTable?: string;
  /**
   * How long the read of the block list may take, in milliseconds.
   * @default 1500
   */
  readonly blockListDeadline?: number;
};

/** The settings of a function that uses only the pool's `access`. */
export interface AccessOnly {
  readonly access: Access;
}

/**
 * Refuses a person by the pool's `access`. The domain lists are in the function's settings. The block list is one read
 * of a table.
 * @throws UserFacingError when the person is refused
 * @throws Error when the block list cannot be read and `onUnavailable` is `deny`
 */
export async function requireAccess(event: TriggerEvent, access: Access, purpose: Purpose): Promise<void> {
  await requireAllowed(event, access, purpose);
  // Nobody types a code for an address that an identity provider gives: there only its word proves it.
  if (!globalThis.WITHOUT_PROVIDERS && access.allowedDomains && comesFromProvider(event))
    requireVerified(event, purpose);
}

/** The same for an address that is about to be proven by a code. */
export async function requireAllowed(event: TriggerEvent, access: Access, purpose: Purpose): Promise<void> {
  requireDomain(event, access, purpose);
  await requireUnblocked(event, access, purpose);
}

type Purpose = "sign up" | "log in";

function requireDomain(event: TriggerEvent, access: Access, purpose: string): void {
  const { deniedDomains, allowedDomains, blockListTable } = access;
  const address = emailOf(event);
  if (!address) {
    // Cognito itself refuses an unknown user. A refusal here would differ from that and show who exists.
    if (!allowedDomains || event.request?.userNotFound) return;
    throw new UserFacingError("address-missing", `Users without an email address are not allowed to ${purpose}`);
  }
  const domain = domainOf(address);
  if (!domain) {
    // Mail programs would not agree on the domain, so it cannot be compared with a list.
    if (deniedDomains.length === 0 && !allowedDomains && !blockListTable) return;
    throw new UserFacingError("address-refused", `Users with such an email address are not allowed to ${purpose}`);
  }
  const denied = listedDomain(domain, deniedDomains, access);
  if (denied) throw domainDenied(denied, purpose);
  if (allowedDomains && !listedDomain(domain, allowedDomains, access)) {
    // Without the domain, which is the person's own: Lambda logs the message of whatever a handler throws.
    throw new UserFacingError("domain-not-allowed", `Users from this domain are not allowed to ${purpose}`);
  }
}

function requireVerified(event: TriggerEvent, purpose: string): void {
  if (isVerified(attributesOf(event), "email")) return;
  throw new UserFacingError(
    "address-unverified",
    `Users whose email address is not verified are not allowed to ${purpose}`,
  );
}

/** Refuses a person by the block list alone. It throws as `requireAccess` does. */
export async function requireUnblocked(event: TriggerEvent, access: Access, purpose: Purpose): Promise<void> {
  const entries = entriesFor(event, access.includeSubdomains);
  if (!access.blockListTable || entries.length === 0) return;
  const blocks = await readBlocks(access.blockListTable, entries, { deadline: access.blockListDeadline }).catch(
    (cause: Error) => {
      // What a person sends must never switch the list off for that person.
      const onUnavailable = WRONG_QUESTION.includes(cause.name) ? "deny" : access.onUnavailable;
      // A metric counts these lines: see lib/block-list.ts.
      console.error({ blockList: "unavailable", onUnavailable, cause: cause.name });
      if (onUnavailable === "deny") throw new Error("the block list cannot be read", { cause });
      return [];
    },
  );
  const entry = activeBlock(blocks)?.entry;
  if (entry?.startsWith("domain:")) throw domainDenied(entry.slice("domain:".length), purpose);
  if (entry) throw userBlocked(purpose);
}

function domainDenied(domain: string, purpose: string): UserFacingError {
  return new UserFacingError("domain-denied", `Users from ${domain} are no longer allowed to ${purpose}`);
}
