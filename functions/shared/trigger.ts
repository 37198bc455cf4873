import { UserFacingError } from "./errors";
import type { TriggerEvent } from "./event";
import { readSettings } from "./settings-object";

/** The message for a person when our code or a service fails. It gives no details. */
export const NEUTRAL_MESSAGE = "Something went wrong, please try again later";

export interface Rules<Event extends TriggerEvent, Settings> {
  /** The trigger sources that `rule` handles. */
  readonly sources: readonly NonNullable<Event["triggerSource"]>[];
  /** Refuses people. It runs for every source, also for sources that AWS may add later. */
  readonly guard?: (event: TriggerEvent, settings: Settings) => void | Promise<void>;
  /** Writes the response into the event. */
  readonly rule?: (event: Event, settings: Settings) => void | Promise<void>;
}

/**
 * Makes a Lambda handler of a trigger's rule. The handler logs the outcome and returns the whole event to Cognito. Only
 * the message of a {@link UserFacingError} reaches the person. An event from an unknown source is returned unchanged.
 *
 * The log holds the source, pool, client and outcome, never an attribute, code, password or user name.
 */
export function trigger<Event extends TriggerEvent, Settings>({ sources, guard, rule }: Rules<Event, Settings>) {
  const known: ReadonlySet<unknown> = new Set(sources);
  return async (event: Event): Promise<Event> => {
    const source = event?.triggerSource;
    const context = { source, userPoolId: event?.userPoolId, clientId: event?.callerContext?.clientId };
    const isKnown = source === undefined || source === null || known.has(source);
    try {
      const settings = readSettings<Settings>();
      await guard?.(event, settings);
      if (isKnown) await rule?.(event, settings);
      console.info({ ...context, outcome: isKnown ? "allowed" : "unknown source, returned unchanged" });
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
