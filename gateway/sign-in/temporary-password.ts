import { checkWritable } from "../pools/app-client";
import { checkPassword } from "../pools/password-policy";
import { checkComplete, checkSchema } from "../pools/schema";
import { overwritten } from "../users/attributes";
import type { User } from "../users/user";
import { changeUser } from "../users/user-store";
import { closeChallenge, invalidSession } from "./challenge-sessions";
import { type ProvenPassword, requireSame } from "./proven-password";
import { type ChallengeResponse, findSigningIn, parameter } from "./sign-in-request";
import { makeVerifier } from "./srp";

const attributePrefix = "userAttributes.";

/** Answers the challenge NEW_PASSWORD_REQUIRED: sets the password, and the attributes that the pool still needs. */
export async function replaceTemporaryPassword(response: ChallengeResponse): Promise<User> {
  const { context, parameters, session } = response;
  const { pool } = context;
  const { user } = findSigningIn(response);
  const password = parameter(parameters, "NEW_PASSWORD");
  checkPassword(pool, password);
  const given = Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => name.startsWith(attributePrefix))
      .map(([name, value]) => [name.slice(attributePrefix.length), value]),
  );
  checkWritable(context.client, Object.keys(given));
  checkSchema(pool, given, true);
  if (user) checkComplete(pool, { ...user.attributes, ...given });
  const state = await closeChallenge<ProvenPassword>(context, "NEW_PASSWORD_REQUIRED", session ?? "");
  const proven = requireSame(state, user);
  const verifier = makeVerifier(context.poolId, proven.username, password);
  return changeUser(context, proven, (fresh) => {
    const { attributes, status } = requireSame(state, fresh);
    if (status !== "FORCE_CHANGE_PASSWORD") throw invalidSession();
    return {
      attributes: overwritten(attributes, given),
      status: "CONFIRMED",
      password: verifier,
      temporaryUntil: undefined,
    };
  });
}
