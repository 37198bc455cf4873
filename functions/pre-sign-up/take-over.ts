import { addressTaken } from "../shared/errors";
import { normalUser } from "../shared/names";
import { isHeld } from "../shared/users";
import type { Settings } from "./settings";

type Attribute = Settings["autoVerify"][number];

/** Whether a user of the pool can sign in with this address or number. */
export type LookUp = (userPoolId: string, value: string) => Promise<boolean>;

/**
 * The attributes to mark as verified at sign-up: those in `autoVerify` that the user has, except an alias of another
 * user.
 * @throws UserFacingError when an attribute is an alias of another user, or when the look-up fails, if the guard is
 * `refuse`
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 */
export async function verifiedAttributes(
  { autoVerify, takeOverGuard }: Pick<Settings, "autoVerify" | "takeOverGuard">,
  { userPoolId, attributes }: { userPoolId?: string; attributes: Record<string, string> },
  lookUp: LookUp = isHeld,
): Promise<Attribute[]> {
  const present = autoVerify.filter((attribute) => attributes[attribute]);
  if (!takeOverGuard) return present;
  const unsafe = await Promise.all(
    present.map(async (attribute) => {
      const look = (value: string) => lookUp(userPoolId ?? "", value);
      const answers = Promise.all(spellingsOf(attributes[attribute] ?? "").map(look));
      const held = await answers
        .then((each) => each.includes(true))
        .catch((cause: Error) => {
          console.error({ takeOverGuard: "unavailable", attribute, cause: cause.name });
          return true;
        });
      return held && addressTaken();
    }),
  );
  const reason = unsafe.find((refused) => refused !== false);
  if (takeOverGuard === "refuse" && reason) throw reason;
  return present.filter((_, index) => !unsafe[index]);
}

/**
 * The value as it was typed, and in its normal spelling: Cognito compares only upper and lower case, so its owner can
 * have written it in another way.
 */
const spellingsOf = (value: string) => [...new Set([value, normalUser(value)])];
