import { customAuth } from "./custom-auth";
import { customEmailSender } from "./custom-email-sender";
import { customMessage } from "./custom-message";
import { customSmsSender } from "./custom-sms-sender";
import { postAuthentication } from "./post-authentication";
import { postConfirmation } from "./post-confirmation";
import { preAuthentication } from "./pre-authentication";
import { preSignUp } from "./pre-sign-up";
import { preTokenGeneration } from "./pre-token-generation";
import { userMigration } from "./user-migration";

/** Every trigger that a pool can have, by its name in the pool's settings. Everything else reads this list. */
export const TRIGGERS = {
  preSignUp,
  postConfirmation,
  userMigration,
  preAuthentication,
  postAuthentication,
  customAuth,
  preTokenGeneration,
  customMessage,
  customEmailSender,
  customSmsSender,
};

export type TriggerName = keyof typeof TRIGGERS;
