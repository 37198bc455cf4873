import type { TriggerEvent, WithMetadata } from "../shared/event";
import { causeForLog } from "../shared/service";
import { trigger } from "../shared/trigger";
import { saveSignIn, signInOf } from "./record";
import type { Settings } from "./settings";

const SOURCES = ["PostAuthentication_Authentication"] as const;

interface Request extends WithMetadata {
  /** Whether the device is new; only where the pool remembers devices. */
  newDeviceUsed: boolean | null;
}

export type PostAuthenticationEvent = TriggerEvent<(typeof SOURCES)[number], Request, Record<string, never>>;

/**
 * Runs after a successful sign-in, but not at a refresh nor a federated user's first sign-in.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-authentication.html
 */
export const handler = trigger<PostAuthenticationEvent, Settings>({ sources: SOURCES, rule: record });

async function record(event: PostAuthenticationEvent, { table, keepDays, onFailure }: Settings): Promise<void> {
  try {
    await saveSignIn(table, signInOf(event, keepDays));
  } catch (cause) {
    if (onFailure === "deny") throw new Error("the sign-in cannot be recorded", { cause });
    console.error({ signInRecord: "failed", onFailure, ...causeForLog(cause) });
  }
}
