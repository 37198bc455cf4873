import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { exception } from "../exceptions";
import { type Response, text } from "../triggers/response";

/** Why Cognito sends a message. It is the second half of a trigger source, as in `CustomMessage_SignUp`. */
export type MessageKind =
  | "SignUp"
  | "ResendCode"
  | "ForgotPassword"
  | "UpdateUserAttribute"
  | "VerifyUserAttribute"
  | "AdminCreateUser";

/** The texts of a message, for mail and text message, with placeholders for the code and the name. */
export interface Texts {
  readonly subject: string;
  readonly mail: string;
  readonly sms: string;
}

/** The placeholders in a pool's templates and in the answer of the custom message trigger. `code` is a password, too. */
export const placeholders = { code: "{####}", link: "{##Click Here##}", name: "{username}" };
const { code, name } = placeholders;

/**
 * The texts of the pool's settings, or else Cognito's own.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html
 */
export function textsOf(pool: UserPoolType, kind: MessageKind): Texts {
  if (kind === "AdminCreateUser") {
    const { EmailSubject, EmailMessage, SMSMessage } = pool.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
    const invitation = `Your username is ${name} and temporary password is ${code}.`;
    return {
      subject: EmailSubject || "Your temporary password",
      mail: EmailMessage || invitation,
      sms: SMSMessage || invitation,
    };
  }
  const { EmailSubject, EmailMessage, SmsMessage } = pool.VerificationMessageTemplate ?? {};
  return {
    subject: EmailSubject || pool.EmailVerificationSubject || "Your verification code",
    mail: EmailMessage || pool.EmailVerificationMessage || `Your confirmation code is ${code}`,
    sms: SmsMessage || pool.SmsVerificationMessage || `Your confirmation code is ${code}`,
  };
}

const longest = { smsMessage: 140, emailMessage: 20_000, emailSubject: 140 };

/**
 * The texts that the custom message trigger answered. Where it left one null, the pool's text stays.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
export function customTexts(pool: UserPoolType, kind: MessageKind, response: Response): Texts {
  const { subject, mail, sms } = textsOf(pool, kind);
  const needed = kind === "AdminCreateUser" ? [code, name] : [code];
  const answer = (field: keyof typeof longest) => {
    const answered = text(response, field);
    if (answered === null) return undefined;
    if (answered.length > longest[field]) throw invalid(`${field} is longer than ${longest[field]} characters`);
    const missing =
      field === "emailSubject" ? undefined : needed.find((placeholder) => !answered.includes(placeholder));
    if (missing) throw invalid(`${field} does not contain ${missing}`);
    if (field !== "smsMessage" && pool.EmailConfiguration?.EmailSendingAccount !== "DEVELOPER")
      throw invalid(`${field} needs a pool that sends its mails through Amazon SES`);
    return answered;
  };
  return {
    subject: answer("emailSubject") ?? subject,
    mail: answer("emailMessage") ?? mail,
    sms: answer("smsMessage") ?? sms,
  };
}

const invalid = (fault: string) =>
  exception("InvalidLambdaResponseException", `Invalid lambda function output : ${fault}`);

/** Replaces the placeholders. */
export const fill = (text: string, username: string, secret: string) =>
  text.replaceAll(name, () => username).replaceAll(code, () => secret);

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Makes HTML of a name or a password: mails are HTML. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
