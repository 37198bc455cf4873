import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext, PoolContext } from "../context";
import { constraint, exception } from "../exceptions";
import { limitCodeAttempts } from "../messages/code-attempts";
import { answerChallenge, closeChallenge, invalidSession, openChallenge } from "../sign-in/challenge-sessions";
import { requireSame } from "../sign-in/proven-password";
import { type FactorState, type SetupState, userOfState } from "../sign-in/second-factor";
import { withoutFactor } from "../users/second-factors";
import { newSecret, noSoftwareToken, stepOf } from "../users/software-token";
import type { User } from "../users/user";
import { changeUser } from "../users/user-store";
import type { Registrant } from "./find-user";
import type { Checked } from "./request";

type Verification = Checked<Cognito.VerifySoftwareTokenRequest>;

/** Makes the secret of a user's app. The app counts once a code has come from it. */
export async function associateSoftwareToken(
  context: ClientContext,
  { user, session }: Registrant,
): Promise<Cognito.AssociateSoftwareTokenResponse> {
  const { SoftwareTokenMfaConfiguration: app } = await context.aws.mfaConfig(context.poolId);
  if (!app?.Enabled)
    throw exception("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool.");
  const SecretCode = newSecret();
  if (session === undefined) {
    await changeUser(context, user, () => ({ pendingSecret: SecretCode }));
    return { SecretCode };
  }
  const state = await closeChallenge<FactorState>(context, "MFA_SETUP", session);
  requireNoApp(userOfState(context, state));
  const next: SetupState = { ...state, secret: SecretCode };
  return { SecretCode, Session: await openChallenge(context, "MFA_SETUP_CODE", next) };
}

/**
 * Checks the first code of a user's app. The app then replaces the one before. At MFA_SETUP it is turned on and
 * preferred at once; else SetUserMFAPreference does that.
 */
export async function verifySoftwareToken(
  context: ClientContext,
  { user, session }: Registrant,
  request: Verification,
): Promise<Cognito.VerifySoftwareTokenResponse> {
  if (!/^[0-9]+$/.test(request.UserCode)) throw constraint("userCode", "satisfy regular expression pattern: [0-9]+");
  if (request.UserCode.length !== 6) throw constraint("userCode", "have length equal to 6");
  if (session === undefined) {
    await registerApp(context, user, request, (fresh) => {
      if (!fresh.pendingSecret) throw noSoftwareToken();
      return { secret: fresh.pendingSecret, change: { pendingSecret: undefined } };
    });
    return { Status: "SUCCESS" };
  }
  const state = await answerChallenge(context, "MFA_SETUP_CODE", session, async (open: SetupState) => {
    await registerApp(context, userOfState(context, open), request, (fresh) => {
      requireNoApp(requireSame(open, fresh));
      const factors = { enabled: ["SOFTWARE_TOKEN_MFA"], preferred: "SOFTWARE_TOKEN_MFA" } as const;
      return { secret: open.secret, change: { factors } };
    });
    return open;
  });
  return { Status: "SUCCESS", Session: await openChallenge(context, "MFA_SETUP_END", state) };
}

/** Whoever knows a password may set up the first app at a sign-in. Another one replaces it with an access token only. */
function requireNoApp({ softwareToken }: User): void {
  if (softwareToken) throw invalidSession();
}

/** Stores the app whose secret `choose` gives, if the code is one of it. */
const registerApp = (
  context: ClientContext,
  user: User,
  { UserCode, FriendlyDeviceName: name }: Verification,
  choose: (fresh: User) => { secret: string; change: Partial<User> },
): Promise<User> =>
  limitCodeAttempts(context, user.username, "softwareToken", () =>
    changeUser(context, user, (fresh) => {
      const { secret, change } = choose(fresh);
      const lastStep = stepOf(secret, UserCode);
      if (lastStep === undefined) throw exception("EnableSoftwareTokenMFAException", "Code mismatch");
      return { ...change, softwareToken: { secret, lastStep, name } };
    }),
  );

/** For a user who has lost the app. */
export async function adminDeleteSoftwareToken(context: PoolContext, user: User): Promise<void> {
  await changeUser(context, user, ({ factors }) => ({
    softwareToken: undefined,
    pendingSecret: undefined,
    factors: withoutFactor(factors, "SOFTWARE_TOKEN_MFA"),
  }));
}
