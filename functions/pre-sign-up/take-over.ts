import { UserFacingError } from "../shared/errors";
import { callService, ServiceError } from "../shared/service";
import type { Settings } from "./settings";

type Attribute = Settings["autoVerify"][number];

/** Whether somebody in the pool can sign in with this address or number. */
export type LookUp = (userPoolId: string, value: string) => Promise<boolean>;

/**
 * Which attributes are marked as verified at sign-up: those that are set to be and are present, unless marking would take
 * one from somebody who holds it as an alias.
 * @throws UserFacingError when somebody does, or that cannot be found out, and the guard is set to refuse
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
      const held = await lookUp(userPoolId ?? "", attributes[attribute] ?? "").catch((cause: Error) => {
        console.error({ takeOverGuard: "unavailable", attribute, cause: cause.name });
        return true;
      });
      return held && new UserFacingError("address-taken", "This address or phone number cannot be used");
    }),
  );
  const reason = unsafe.find((refused) => refused !== false);
  if (takeOverGuard === "refuse" && reason) throw reason;
  return present.filter((_, index) => !unsafe[index]);
}

/**
 * Asks for the user of that name. Cognito finds whoever may sign in with it, in whatever case it is typed; a search of
 * ListUsers would compare it as it is written, and show a page of people who only claim it.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html
 */
async function isHeld(UserPoolId: string, Username: string): Promise<boolean> {
  const input = { UserPoolId, Username };
  try {
    await callService("cognito-idp", "AWSCognitoIdentityProviderService.AdminGetUser", input);
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.name === "UserNotFoundException") return false;
    throw error;
  }
}
