import { requireAllowedChange } from "../shared/change-of-address";
import { attributesOf, type TriggerEvent, type WithMetadata } from "../shared/event";
import { languageOf } from "../shared/messages/languages";
import { compose } from "../shared/messages/message";
import { CODE_KINDS, kindOf, sourcesOf } from "../shared/messages/words";
import { trigger } from "../shared/trigger";
import type { Settings } from "./settings";

const SOURCES = sourcesOf("CustomMessage", CODE_KINDS);

interface Request extends WithMetadata {
  /** The placeholder that Cognito replaces with the code or the temporary password: `{####}`. */
  codeParameter: string | null;
  /** The placeholder for the user name: `{username}`. Only an invitation has it, and the invitation must use both. */
  usernameParameter: string | null;
  /** The placeholder for a link. This project's pools send codes, not links. */
  linkParameter: string | null;
}

interface Response {
  emailSubject: string | null;
  emailMessage: string | null;
  smsMessage: string | null;
}

export type CustomMessageEvent = TriggerEvent<(typeof SOURCES)[number], Request, Response>;

/**
 * Runs before Cognito sends a code or an invitation, and writes the mail or text message. Cognito accepts the text of a
 * mail only if the pool sends through its own SES identity. It refuses a change into an address that `access` keeps out.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
export const handler = trigger<CustomMessageEvent, Settings>({
  sources: SOURCES,
  guard: (event, { access }) => requireAllowedChange(event, access),
  rule: write,
});

function write(event: CustomMessageEvent, { appName, defaultLanguage }: Settings): void {
  const kind = kindOf(event.triggerSource);
  const { codeParameter, usernameParameter } = event.request ?? {};
  if (!kind || !codeParameter || (kind === "AdminCreateUser" && !usernameParameter)) {
    // Cognito refuses a message without placeholders. Without an answer, it sends its own text.
    console.error({ customMessage: "not written", reason: "the event names no placeholders" });
    return;
  }
  const language = languageOf(attributesOf(event).locale, defaultLanguage);
  const values = { app: appName, "####": codeParameter, username: usernameParameter ?? undefined };
  const { subject, html, sms } = compose(language, kind, values);
  event.response = { ...event.response, emailSubject: subject, emailMessage: html, smsMessage: sms };
}
