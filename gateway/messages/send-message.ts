import type { PoolContext } from "../context";
import { exception } from "../exceptions";
import { queueTrigger, runTrigger } from "../triggers/run-trigger";
import { functionFor, type SenderTrigger } from "../triggers/trigger-names";
import { type Metadata, userEvent } from "../triggers/user-event";
import { overwritten } from "../users/attributes";
import type { User } from "../users/user";
import type { Destination } from "./destinations";
import { customTexts, escapeHtml, fill, type MessageKind, placeholders, type Texts, textsOf } from "./message-texts";

/** A code or a temporary password on its way to a user. */
export interface Message {
  readonly kind: MessageKind;
  readonly user: User;
  readonly to: Destination;
  /** The code or the temporary password. */
  readonly secret: string;
  /**
   * How the message addresses the user.
   * @default the user name, which is a UUID where people sign in with an address
   */
  readonly name?: string;
  readonly metadata: Metadata;
}

/**
 * Sends a message, in the words of the custom message trigger where the pool has one. Where the pool has a custom sender
 * for the medium, that sends the message instead. The custom message trigger runs even then: AWS does not say whether it
 * does, but says that every trigger runs that matches an event.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html
 */
export async function sendMessage(context: PoolContext, message: Message): Promise<void> {
  const isMail = message.to.attribute === "email";
  const sender: SenderTrigger = isMail ? "CustomEmailSender" : "CustomSMSSender";
  const texts = await textsFor(context, message);
  if (functionFor(context.pool, sender)) return queueCustomSender(context, sender, message);
  const send = isMail ? sendMail : sendText;
  await orDeliveryFailure<unknown>(send(context, message, texts));
}

/**
 * Gives a message to a custom sender. The secret is encrypted, since it passes through Lambda's queue, and HTML-escaped,
 * as on AWS.
 */
async function queueCustomSender(
  context: PoolContext,
  trigger: SenderTrigger,
  { kind, user, to, secret, metadata }: Message,
): Promise<void> {
  const key = context.pool.LambdaConfig?.KMSKeyID ?? "";
  const encrypted = context.aws.encrypt(key, escapeHtml(secret), { "userpool-id": context.poolId });
  await queueTrigger(context, {
    trigger,
    source: `${trigger}_${kind}`,
    ...userEvent(withDestination(user, to), {
      type: trigger === "CustomEmailSender" ? "customEmailSenderRequestV1" : "customSMSSenderRequestV1",
      code: await orDeliveryFailure(encrypted),
      clientMetadata: metadata ?? null,
    }),
  });
}

async function textsFor(context: PoolContext, { kind, user, to, metadata }: Message): Promise<Texts> {
  const response = await runTrigger(context, {
    trigger: "CustomMessage",
    source: `CustomMessage_${kind}`,
    ...userEvent(
      withDestination(user, to),
      {
        codeParameter: placeholders.code,
        linkParameter: placeholders.link,
        usernameParameter: kind === "AdminCreateUser" ? placeholders.name : null,
      },
      metadata,
    ),
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  });
  return response ? customTexts(context.pool, kind, response) : textsOf(context.pool, kind);
}

/** The user as triggers see it: with the destination of the message, also while that is pending. */
const withDestination = (user: User, { attribute, address }: Destination): User => ({
  ...user,
  attributes: overwritten(user.attributes, { [attribute]: address }),
});

function sendMail(context: PoolContext, { user, to, secret, name = user.username }: Message, texts: Texts) {
  const { EmailSendingAccount, From, SourceArn } = context.pool.EmailConfiguration ?? {};
  const identity = EmailSendingAccount === "DEVELOPER" && SourceArn?.split("/").at(-1);
  const body = fill(texts.mail, escapeHtml(name), escapeHtml(secret));
  return context.aws.sendMail(From || identity || undefined, to.address, texts.subject, body);
}

const sendText = (context: PoolContext, { user, to, secret, name = user.username }: Message, texts: Texts) =>
  context.aws.sendText(to.address, fill(texts.sms, name, secret));

const orDeliveryFailure = <T>(work: Promise<T>): Promise<T> =>
  work.catch(({ name }: Error) => {
    throw exception("CodeDeliveryFailureException", `The message could not be sent as this pool is set up (${name}).`);
  });
