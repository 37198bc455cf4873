import { createHmac } from "node:crypto";
import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import { deliveryTo } from "./codes";
import type { InPool } from "./context";
import { canonical, signsInWith } from "./pool";
import { poolKeys } from "./tokens";

/**
 * Where a code for an unknown user would have gone: the same place every time, and the masked
 * address itself where an address was typed, as it would be for a user who has it.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
export async function simulatedDelivery(
  at: InPool,
  typed: string,
): Promise<CodeDeliveryDetailsType> {
  if (signsInWith(at.pool, "email") && typed.includes("@")) return deliveryTo(typed);
  const { secret } = await poolKeys(at.store, at.poolId);
  const bytes = createHmac("sha256", secret)
    .update(`delivery/${canonical(at.pool, typed)}`)
    .digest();
  const letter = (index: number) => String.fromCharCode(97 + ((bytes[index] ?? 0) % 26));
  return deliveryTo(`${letter(0)}@${letter(1)}`);
}
