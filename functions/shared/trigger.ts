import { UserFacingError } from "./errors";
import type { TriggerEvent } from "./event";
import { readSettings } from "./settings";

/** What a person reads when our own code or a service behind it failed: nothing about either. */
export const NEUTRAL_MESSAGE = "Something went wrong, please try again later";

/**
 * A Lambda handler around a trigger's rule: it logs what was decided, hands the whole event back to Cognito, and lets
 * only a {@link UserFacingError} reach the person.
 *
 * The log holds the source, pool, client and outcome, never an attribute, code, password or user name.
 */
export function trigger<Event extends TriggerEvent, Settings>(
  rule: (event: Event, settings: Settings) => void | Promise<void>,
) {
  return async (event: Event): Promise<Event> => {
    const context = {
      source: event?.triggerSource,
      userPoolId: event?.userPoolId,
      clientId: event?.callerContext?.clientId,
    };
    try {
      await rule(event, readSettings<Settings>());
      console.info({ ...context, outcome: "allowed" });
      return event;
    } catch (error) {
      if (error instanceof UserFacingError) {
        console.info({ ...context, outcome: "refused" });
        throw error;
      }
      console.error({ ...context, outcome: "failed", cause: error });
      throw new Error(NEUTRAL_MESSAGE);
    }
  };
}
