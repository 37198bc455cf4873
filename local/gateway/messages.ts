import { overwritten } from "./attributes";
import type { InPool } from "./context";
import type { Destination } from "./destinations";
import { refusal } from "./errors";
import { customized, escapeHtml, fill, placeholders, type Texts, textsOf } from "./message-texts";
import { functionFor, type Metadata, queueTrigger, runTrigger, type Sender } from "./triggers";
import { about, type User } from "./users";

/** Why Cognito sends a message; the second half of the names of the sources of its three triggers. */
export type Kind =
  | "SignUp"
  | "ResendCode"
  | "ForgotPassword"
  | "UpdateUserAttribute"
  | "VerifyUserAttribute"
  | "AdminCreateUser";

/** A secret for a user, on an occasion, by mail or by text message. */
export interface Message {
  readonly kind: Kind;
  readonly user: User;
  readonly to: Destination;
  /** A code or a temporary password. */
  readonly secret: string;
  /**
   * How the message calls the user.
   * @default the user name, which is a UUID where people sign in with an address
   */
  readonly name?: string;
  readonly metadata: Metadata;
}

/**
 * Has the pool's custom sender send a message, or else sends it, in the words of the custom message trigger. That one runs
 * either way, as every trigger does that matches an event.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html
 */
export async function sendMessage(at: InPool, message: Message): Promise<void> {
  const trigger: Sender = message.to.attribute === "email" ? "CustomEmailSender" : "CustomSMSSender";
  const texts = await textsFor(at, message);
  if (functionFor(at.pool, trigger)) return handOver(at, trigger, message);
  await delivered(message.to.attribute === "email" ? mail(at, message, texts) : text(at, message, texts));
}

/** Encrypted, the secret goes through Lambda's queue and logs; it is HTML already there, as on AWS. */
async function handOver(at: InPool, trigger: Sender, { kind, user, to, secret, metadata }: Message): Promise<void> {
  const key = at.pool.LambdaConfig?.KMSKeyID ?? "";
  const code = await delivered(at.aws.encrypt(key, escapeHtml(secret), { "userpool-id": at.poolId }));
  await queueTrigger(at, {
    trigger,
    source: `${trigger}_${kind}`,
    ...about(reachedAt(user, to), {
      type: trigger === "CustomEmailSender" ? "customEmailSenderRequestV1" : "customSMSSenderRequestV1",
      code,
      clientMetadata: metadata ?? null,
    }),
  });
}

async function textsFor(at: InPool, { kind, user, to, metadata }: Message): Promise<Texts> {
  const response = await runTrigger(at, {
    trigger: "CustomMessage",
    source: `CustomMessage_${kind}`,
    ...about(
      reachedAt(user, to),
      {
        codeParameter: placeholders.code,
        linkParameter: placeholders.link,
        usernameParameter: kind === "AdminCreateUser" ? placeholders.name : null,
      },
      metadata,
    ),
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  });
  return response ? customized(at.pool, kind, response) : textsOf(at.pool, kind);
}

/** The user with the address that the message goes to, also where it still waits for its proof. */
const reachedAt = (user: User, { attribute, address }: Destination): User => ({
  ...user,
  attributes: overwritten(user.attributes, { [attribute]: address }),
});

function mail(at: InPool, { user, to, secret, name = user.username }: Message, texts: Texts): Promise<unknown> {
  const { EmailSendingAccount, From, SourceArn } = at.pool.EmailConfiguration ?? {};
  const identity = EmailSendingAccount === "DEVELOPER" && SourceArn?.split("/").at(-1);
  const body = fill(texts.mail, escapeHtml(name), escapeHtml(secret));
  return at.aws.send(From || identity || undefined, to.address, texts.subject, body);
}

const text = (at: InPool, { user, to, secret, name = user.username }: Message, texts: Texts): Promise<unknown> =>
  at.aws.publish(to.address, fill(texts.sms, name, secret));

const delivered = <T>(work: Promise<T>): Promise<T> =>
  work.catch(({ name }: Error) => {
    throw refusal("CodeDeliveryFailureException", `The message could not be sent as this pool is set up (${name}).`);
  });
