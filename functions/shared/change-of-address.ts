import { type Access, requireAllowed } from "./access";
import { UserFacingError } from "./errors";
import type { TriggerEvent } from "./event";

/** The kinds of messages whose code makes a new address or number the user's own. */
const CHANGE = /_(UpdateUserAttribute|VerifyUserAttribute)$/;

/**
 * Refuses a change into an address or number that `access` keeps out, before its code is sent. Without this, the change
 * succeeds, and its user is locked out at the next token. The event has the new address among the attributes.
 * @throws UserFacingError when the person is refused
 * @throws Error when the block list cannot be read and `onUnavailable` is `deny`
 */
export async function requireAllowedChange(event: TriggerEvent, access: Access | undefined): Promise<void> {
  if (access && CHANGE.test(event.triggerSource ?? "")) await requireAllowed(event, access, "log in");
}

/** Whether {@link requireAllowedChange} refuses. A sender cannot refuse anybody: it can only send nothing. */
export async function isChangeRefused(event: TriggerEvent, access: Access | undefined): Promise<boolean> {
  try {
    await requireAllowedChange(event, access);
    return false;
  } catch (error) {
    if (error instanceof UserFacingError) return true;
    throw error;
  }
}
