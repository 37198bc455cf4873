import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext } from "../context";
import { exception, notAuthorized } from "../exceptions";
import { newCode } from "../messages/codes";
import { deliveryDetails, destinationToVerify } from "../messages/destinations";
import { sendMessage } from "../messages/send-message";
import { checkSecret, checkWritable } from "../pools/app-client";
import { checkPassword } from "../pools/password-policy";
import { makeVerifier } from "../sign-in/srp";
import { runPostConfirmation } from "../triggers/post-confirmation";
import { type PreSignUpFlags, registerUser } from "../triggers/pre-sign-up";
import { type Attributes, overwritten, toRecord } from "../users/attributes";
import type { User } from "../users/user";
import { addUser, findUser } from "../users/user-store";
import type { Checked } from "./request";

export async function signUp(
  context: ClientContext,
  /** The SDK does not require a password, since a pool may have sign-ins without one. The gateway serves none of these. */
  input: Checked<Cognito.SignUpRequest> & { readonly Password: string },
): Promise<Cognito.SignUpResponse> {
  const { pool, client } = context;
  const { Username, Password, UserAttributes, SecretHash, ClientMetadata: metadata } = input;
  checkSecret(client, [Username], SecretHash);
  if (pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly)
    throw notAuthorized("SignUp is not permitted for this user pool");
  checkWritable(client, Object.keys(toRecord(UserAttributes)));
  checkPassword(pool, Password);

  const answer = await registerUser(context, input, "PreSignUp_SignUp", async (newUser, flags) => {
    const { username, sub, attributes } = newUser;
    const to = flags.confirm ? undefined : destinationToVerify(pool, attributes);
    const code = to && { to, ...newCode(sub, "signUp", to) };
    const user: User = {
      ...newUser,
      status: flags.confirm ? "CONFIRMED" : "UNCONFIRMED",
      attributes: { ...overwritten({}, attributes), ...verifiedBy(flags, attributes) },
      password: makeVerifier(context.poolId, username, Password),
      codes: code ? { signUp: code.stored } : {},
    };
    // An alias that the trigger has verified moves to this user from the one who had it, as on AWS.
    await addUser(context, user, true);
    if (code) await sendMessage(context, { kind: "SignUp", user, to: code.to, secret: code.digits, metadata });
    return {
      UserConfirmed: flags.confirm,
      UserSub: sub,
      ...(code ? { CodeDeliveryDetails: deliveryDetails(code.to) } : {}),
    };
  });
  // The trigger runs after the names are unlocked: its function may change the user.
  const user = answer.UserConfirmed && findUser(context, Username);
  if (user) await runPostConfirmation(context, user, "PostConfirmation_ConfirmSignUp", metadata);
  return answer;
}

/** The `_verified` attributes that the trigger has set. */
function verifiedBy(flags: PreSignUpFlags, attributes: Attributes): Attributes {
  const names = (["email", "phone_number"] as const).filter((name) => flags[name]);
  const missing = names.find((name) => !attributes[name]);
  if (missing)
    throw exception(
      "InvalidLambdaResponseException",
      `PreSignUp cannot verify the attribute ${missing}, which this user does not have.`,
    );
  return Object.fromEntries(names.map((name) => [`${name}_verified`, "true"]));
}
