import { UserFacingError } from "./errors";
import type { TriggerEvent } from "./event";
import { readSettings } from "./settings-object";

/** What a person reads when our own code or a service behind it failed: nothing about either. */
export const NEUTRAL_MESSAGE = "Something went wrong, please try again later";

export interface Rules<Event extends TriggerEvent, Settings> {
  /** The sources that `rule` is for. */
  readonly sources: readonly NonNullable<Event["triggerSource"]>[];
  /** Whom to refuse, whatever the source: one that AWS adds is no way around it. */
  readonly guard?: (event: TriggerEvent, settings: Settings) => void | Promise<void>;
  /** Writes the response into the event. */
  readonly rule?: (event: Event, settings: Settings) => void | Promise<void>;
}

/**
 * A Lambda handler around a trigger's rule: it logs what was decided, hands the whole event back to Cognito, and lets
 * only a {@link UserFacingError} reach the person. An event of a source that we do not know goes back unchanged.
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
