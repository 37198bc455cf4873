import { UserFacingError } from "../shared/errors";
import { callService } from "../shared/service";
import type { Settings } from "./settings";

type Attribute = Settings["autoVerify"][number];

/** Whether somebody in the pool holds this address or number as verified. */
export type LookUp = (userPoolId: string, attribute: Attribute, value: string) => Promise<boolean>;

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
      const value = attributes[attribute] ?? "";
      // Aliases ignore case, and the look-up does not: only in one case can it find every address marked here.
      if (value !== value.toLowerCase()) {
        return new UserFacingError("address-refused", "Write the email address in lower case");
      }
      const held = await lookUp(userPoolId ?? "", attribute, value).catch((cause: Error) => {
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

/** A filter of ListUsers that finds this value and no other, whatever characters are in it. */
export function equals(attribute: string, value: string): string {
  return `${attribute} = "${value.replace(/["\\]/g, "\\$&")}"`;
}

interface ListUsers {
  readonly Users?: { Attributes?: { Name?: string; Value?: string }[] }[];
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
async function isHeld(UserPoolId: string, attribute: Attribute, value: string): Promise<boolean> {
  const { Users = [] } = await callService<ListUsers>("cognito-idp", "AWSCognitoIdentityProviderService.ListUsers", {
    UserPoolId,
    Filter: equals(attribute, value),
  });
  const verified = attribute === "email" ? "email_verified" : "phone_number_verified";
  return Users.some(({ Attributes = [] }) =>
    Attributes.some(({ Name, Value }) => Name === verified && Value === "true"),
  );
}
