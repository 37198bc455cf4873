import type { PoolContext } from "../context";
import { exception, isException } from "../exceptions";
import { canonical } from "../pools/user-names";
import { key } from "../storage/store";
import type { CodePurpose } from "../users/user";

const allowedAttempts = 5;
const lockedFor = 15 * 60_000;

/** The codes that are counted: those that were sent, and those of the user's app. */
type CountedCode = CodePurpose | "softwareToken";

/** The errors that say that a code is wrong. */
const wrongCode = ["CodeMismatchException", "EnableSoftwareTokenMFAException"];

/**
 * Runs `work`, which checks a code. After too many wrong codes for a user name it does not run for a while. The name
 * need not exist, so that the limit does not show which names do.
 */
export function limitCodeAttempts<T>(
  { store, pool, poolId }: PoolContext,
  name: string,
  purpose: CountedCode,
  work: () => Promise<T>,
): Promise<T> {
  const counter = key("mismatches", poolId, purpose, canonical(pool, name));
  return store.locked([counter], async () => {
    const stored = store.get<{ count: number; until: number }>(counter);
    const count = stored && stored.until > Date.now() ? stored.count : 0;
    if (count >= allowedAttempts)
      throw exception(limitErrorOf(purpose), "Attempt limit exceeded, please try after some time.");
    try {
      const result = await work();
      if (stored) await store.commit([[counter, undefined]]);
      return result;
    } catch (error) {
      if (isException(error) && wrongCode.includes(error.name))
        await store.commit([[counter, { count: count + 1, until: Date.now() + lockedFor }]]);
      throw error;
    }
  });
}

/** Cognito's model names no LimitExceededException for the operations that take a code of the user's app. */
const limitErrorOf = (purpose: CountedCode) =>
  purpose === "softwareToken" ? "TooManyRequestsException" : "LimitExceededException";
