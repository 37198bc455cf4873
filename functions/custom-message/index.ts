import { attributesOf, type TriggerEvent, type WithMetadata } from "../shared/event";
import { languageOf } from "../shared/messages/languages";
import { compose } from "../shared/messages/message";
import { CODE_KINDS, kindOf, sourcesOf } from "../shared/messages/words";
import { trigger } from "../shared/trigger";
import type { Settings } from "./settings";

const SOURCES = sourcesOf("CustomMessage", CODE_KINDS);

interface Request extends WithMetadata {
  /** What Cognito puts the code or temporary password in the place of, `{####}`. */
  codeParameter: string | null;
  /** The same for the user name, `{username}`; an invitation alone has it, and must hold both. */
  usernameParameter: string | null;
  /** The same for a link, in a pool whose codes are links; ours are codes. */
  linkParameter: string | null;
}

interface Response {
  emailSubject: string | null;
  emailMessage: string | null;
  smsMessage: string | null;
}

export type CustomMessageEvent = TriggerEvent<(typeof SOURCES)[number], Request, Response>;

/**
 * Runs before Cognito sends a code or an invitation, by mail or text message, and words it. Cognito takes a mail's words
 * only from a pool that sends through SES itself.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
export const handler = trigger<CustomMessageEvent, Settings>({ sources: SOURCES, rule: write });

function write(event: CustomMessageEvent, { appName, defaultLanguage }: Settings): void {
  const kind = kindOf(event.triggerSource);
  const { codeParameter, usernameParameter } = event.request ?? {};
  if (!kind || !codeParameter || (kind === "AdminCreateUser" && !usernameParameter)) {
    // Cognito refuses a message without its placeholders, and has words of its own.
    console.error({ customMessage: "not written", reason: "the event names no placeholders" });
    return;
  }
  const language = languageOf(attributesOf(event).locale, defaultLanguage);
  const values = { app: appName, "####": codeParameter, username: usernameParameter ?? undefined };
  const { subject, html, sms } = compose(language, kind, values);
  event.response = { ...event.response, emailSubject: subject, emailMessage: html, smsMessage: sms };
}
