/** What a code, or a temporary password, is sent for: the last part of a source's name, the same in all three triggers. */
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

/** All that is sent: threat protection's notification has no code, and is mailed only. */
export type Kind = CodeKind | "AccountTakeOverNotification";

/**
 * The words of one message. In any of them stand `{app}`, `{####}` for the code or temporary password, and `{username}`;
 * in the notification `{time}`, `{place}` and `{ip}`.
 */
export interface Words {
  readonly subject: string;
  /**
   * The mail's paragraphs, as plain text. `{####}` has one of its own, which is shown large; a paragraph with a
   * placeholder that there is no value for is left out.
   */
  readonly mail: readonly string[];
}

/**
 * The words with those of a text message: 140 characters with everything filled in, and none but GSM 03.38's, or every
 * text message takes twice the room and costs twice: that alphabet has à, é, ñ, ä, ö, ü and ß, but no á, í, ó, ú, ë, ï,
 * and no dash or quotation mark but the plain ones. After `{####}` and `{username}` of an invitation stands no full
 * stop, since people would type it.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sms_sms-to-phone.html
 */
export interface CodeWords extends Words {
  readonly sms: string;
}

/** All words of one language. */
export type Vocabulary = Readonly<Record<CodeKind, CodeWords> & Record<"AccountTakeOverNotification", Words>>;

/** A trigger's sources for these kinds, as `CustomMessage_SignUp`. */
export const sourcesOf = <Trigger extends string, K extends Kind>(trigger: Trigger, kinds: readonly K[]) =>
  kinds.map((kind) => `${trigger}_${kind}` as const);

/** The kind that a source is about. The wrapper has let none through that is not one of {@link sourcesOf}. */
export const kindOf = <K extends Kind>(source: `${string}_${K}` | null | undefined) =>
  source?.slice(source.indexOf("_") + 1) as K | undefined;
