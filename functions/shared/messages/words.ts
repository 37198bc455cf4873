/** The kinds of messages with a code or a temporary password: the second half of a trigger source. */
export const CODE_KINDS = [
  "SignUp",
  "AdminCreateUser",
  "ResendCode",
  "ForgotPassword",
  "UpdateUserAttribute",
  "VerifyUserAttribute",
  "Authentication",
] as const;

export type CodeKind = (typeof CODE_KINDS)[number];

/** The kinds of all messages. Threat protection's notification has no code, and is only a mail. */
export type Kind = CodeKind | "AccountTakeOverNotification";

/**
 * The texts of one message. They can contain `{app}`, `{####}` for the code or temporary password, and `{username}`. A
 * notification can contain `{time}`, `{place}` and `{ip}`.
 */
export interface Words {
  readonly subject: string;
  /**
   * The mail's paragraphs, as plain text. `{####}` is a paragraph of its own, in large letters. A paragraph with a
   * placeholder that has no value is left out.
   */
  readonly mail: readonly string[];
}

/**
 * The texts of a message with a code. The text message has up to 140 characters when it is filled in, and only
 * characters of GSM 03.38: with others it needs twice the room and costs twice as much. That alphabet has à, é, ñ, ä,
 * ö, ü and ß, but not á, í, ó, ú, ë, ï, and only plain dashes and quotation marks. Write no full stop after `{####}`
 * and `{username}` of an invitation, because people would type it.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sms_sms-to-phone.html
 */
export interface CodeWords extends Words {
  readonly sms: string;
}

/** All texts of one language. */
export type Vocabulary = Readonly<Record<CodeKind, CodeWords> & Record<"AccountTakeOverNotification", Words>>;

/** A trigger's sources for these kinds, such as `CustomMessage_SignUp`. */
export const sourcesOf = <Trigger extends string, K extends Kind>(trigger: Trigger, kinds: readonly K[]) =>
  kinds.map((kind) => `${trigger}_${kind}` as const);

/** The kind of message of a source. The handler has already checked that the source is one of {@link sourcesOf}. */
export const kindOf = <K extends Kind>(source: `${string}_${K}` | null | undefined) =>
  source?.slice(source.indexOf("_") + 1) as K | undefined;
