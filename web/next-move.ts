import { appSecret } from "./app-secret";
import type { FormContext } from "./form";
import type { Asked } from "./pool-client";
import { Mistake } from "./problem";
import type { Move } from "./state";

/** The step that follows from Cognito's answer to a sign-in. */
export async function nextMove(asked: Asked, context: FormContext, name?: string): Promise<Move> {
  const { client, card, step } = context;
  switch (asked.step) {
    case "DONE":
      return { step: "signedIn", name, session: await client.session() };
    case "CONFIRM_SIGN_UP":
      if (card.pool.verifies.length === 0) throw new Mistake("name", card.words.confirm.stillNeeded);
      return { step: "confirm", name, notice: card.words.confirm.stillNeeded };
    case "RESET_PASSWORD":
      return { step: "reset", name, notice: "This account needs a new password." };
    case "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED":
      return { step: "newPassword", name };
    case "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE":
      // Cognito asks again, so the code was not right.
      if (step === "answer") throw new Mistake("code", "This code is not right. Type the one from the newest mail.");
      return { step: "answer", name };
    case "CONFIRM_SIGN_IN_WITH_TOTP_CODE":
      return { step: "appCode", name };
    case "CONTINUE_SIGN_IN_WITH_TOTP_SETUP":
      return { step: "firstApp", name, app: appSecret(asked.secret ?? "", name ?? context.name, context.site) };
    case "CONTINUE_SIGN_IN_WITH_MFA_SELECTION":
      // Of the factors that Cognito has, the page asks for the app's codes alone.
      return nextMove(await client.answer("TOTP"), context, name);
    default:
      throw new Error(`this account needs a second factor, which this page does not ask for (${asked.step})`);
  }
}
