import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { defaultSender } from "./aws";
import type { InPool } from "./context";
import { refusal } from "./errors";

/** What Cognito says where a pool has no words of its own. */
const defaults = {
  code: { subject: "Your verification code", body: "Your confirmation code is {####}" },
  invitation: {
    subject: "Your temporary password",
    body: "Your username is {username} and temporary password is {####}.",
  },
};

/**
 * The pool's own words, if it has any.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html
 */
function template(pool: UserPoolType, kind: keyof typeof defaults) {
  const { VerificationMessageTemplate: code, AdminCreateUserConfig: admin } = pool;
  const own = kind === "code" ? code : admin?.InviteMessageTemplate;
  const old = kind === "code" ? [pool.EmailVerificationSubject, pool.EmailVerificationMessage] : [];
  return {
    subject: own?.EmailSubject || old[0] || defaults[kind].subject,
    body: own?.EmailMessage || old[1] || defaults[kind].body,
  };
}

/** Mails a code or a temporary password, through the emulator's SES. */
export async function mail(
  at: InPool,
  kind: keyof typeof defaults,
  to: string,
  secret: string,
  username: string,
): Promise<void> {
  const { subject, body } = template(at.pool, kind);
  const fill = (text: string) =>
    text.replaceAll("{username}", () => escapeHtml(username)).replaceAll("{####}", () => escapeHtml(secret));
  const { EmailSendingAccount, From, SourceArn } = at.pool.EmailConfiguration ?? {};
  const identity = EmailSendingAccount === "DEVELOPER" && SourceArn?.split("/").at(-1);
  const from = From || identity || defaultSender;
  try {
    await at.aws.send(from, to, subject, fill(body));
  } catch (error) {
    throw refusal(
      "CodeDeliveryFailureException",
      `The message could not be sent from this pool's sender (${(error as Error).name}).`,
    );
  }
}

/** Messages are HTML, and a name or password is not. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
