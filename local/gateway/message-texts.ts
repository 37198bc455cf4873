import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { refusal } from "./errors";
import type { Kind } from "./messages";
import { type Response, text } from "./responses";

/** What a message says, in both media, before the code and the name are put in. */
export interface Texts {
  readonly subject: string;
  readonly mail: string;
  readonly sms: string;
}

/** What stands for the code or password, and for the name, in templates and in what a function answers. */
export const placeholders = { code: "{####}", link: "{##Click Here##}", name: "{username}" };
const { code, name } = placeholders;

/**
 * The pool's own words, or else Cognito's.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html
 */
export function textsOf(pool: UserPoolType, kind: Kind): Texts {
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
 * The texts with what the custom message trigger put in their place; what it leaves null stays as it is.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
export function customized(pool: UserPoolType, kind: Kind, response: Response): Texts {
  const { subject, mail, sms } = textsOf(pool, kind);
  const needed = kind === "AdminCreateUser" ? [code, name] : [code];
  const answer = (field: keyof typeof longest) => {
    const said = text(response, field);
    if (said === null) return undefined;
    if (said.length > longest[field]) throw invalid(`${field} is longer than ${longest[field]} characters`);
    const lacking = field === "emailSubject" ? undefined : needed.find((placeholder) => !said.includes(placeholder));
    if (lacking) throw invalid(`${field} does not contain ${lacking}`);
    if (field !== "smsMessage" && pool.EmailConfiguration?.EmailSendingAccount !== "DEVELOPER")
      throw invalid(`${field} needs a pool that sends its mails through Amazon SES`);
    return said;
  };
  return {
    subject: answer("emailSubject") ?? subject,
    mail: answer("emailMessage") ?? mail,
    sms: answer("smsMessage") ?? sms,
  };
}

const invalid = (fault: string) =>
  refusal("InvalidLambdaResponseException", `Invalid lambda function output : ${fault}`);

/** Puts the code or password, and the name, in their places. */
export const fill = (text: string, username: string, secret: string) =>
  text.replaceAll(name, () => username).replaceAll(code, () => secret);

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Mails are HTML, and a name or password is not. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
