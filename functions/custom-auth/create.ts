import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { attributesOf } from "../shared/event";
import { sendMail } from "../shared/mail";
import { languageOf } from "../shared/messages/languages";
import { compose } from "../shared/messages/message";
import { causeForLog, ServiceError } from "../shared/service";
import { isVerified } from "../shared/verified";
import { countCode, readCode, type SignIn, saveCode } from "./code-store";
import type { CreateEvent, CreateResponse } from "./event";
import { LIFE, makeCode, nobodysCode, type OneTimeCode } from "./one-time-code";
import type { Settings } from "./settings";

/** The least time that a challenge takes, in milliseconds: longer than it usually takes to store and mail a code. */
const FLOOR = 1000;

/** The challenge's name among the steps of a sign-in. The id of the sign-in follows it. */
const METADATA = "CODE_BY_EMAIL";

/**
 * The challenge to type the mailed code. It looks the same and takes about the same time if the user name is unknown,
 * if no code was mailed, or if a service failed. Only the log shows the difference.
 * @throws Error when the event asks for another challenge
 */
export async function create(event: CreateEvent, settings: Settings): Promise<CreateResponse> {
  if (event.request?.challengeName !== "CUSTOM_CHALLENGE") throw new Error("the event asks for no CUSTOM_CHALLENGE");
  const earlier = signInOf(event);
  const id = earlier ?? randomUUID();
  const [{ code, until }] = await Promise.all([codeFor(event, id, !earlier, settings), setTimeout(FLOOR)]);
  return {
    publicChallengeParameters: { medium: "EMAIL", minutes: String(LIFE / 60) },
    privateChallengeParameters: { code, until: String(until), signIn: id },
    challengeMetadata: `${METADATA} ${id}`,
  };
}

/** The id that the first code challenge gave to this sign-in. */
function signInOf({ request }: CreateEvent): string | undefined {
  const first = request?.session?.find((step) => step?.challengeName === "CUSTOM_CHALLENGE");
  if (!first) return undefined;
  // Without an id, no item has this key, so the sign-in has no code.
  return first.challengeMetadata?.slice(`${METADATA} `.length) || randomUUID();
}

async function codeFor(event: CreateEvent, id: string, isFirst: boolean, settings: Settings): Promise<OneTimeCode> {
  const person = personOf(event);
  if (!person) return nobodysCode();
  try {
    // The challenges after a wrong answer ask for the same code.
    if (!isFirst) return (await readCode(settings, { ...person, id })) ?? nobodysCode();
    return (await freshCode(person, id, settings)) ?? nobodysCode();
  } catch (cause) {
    console.error({ signInCode: "unavailable", ...causeForLog(cause) });
    return nobodysCode();
  }
}

interface Person extends Omit<SignIn, "id"> {
  readonly email: string;
  /** The user's attribute `locale`. */
  readonly locale?: string;
}

/** The user, if a code can be sent: only to a verified address. */
function personOf(event: CreateEvent): Person | undefined {
  const attributes = attributesOf(event);
  const { sub, email, locale } = attributes;
  const { userPoolId } = event;
  const none = (reason: string) => void console.info({ signInCode: "none", reason });
  if (event.request?.userNotFound) return none("nobody has this name");
  if (!userPoolId) return none("the event has no userPoolId");
  if (!sub) return none("the event has no sub");
  if (!email || !isVerified(attributes, "email")) return none("the user has no verified address");
  return { sub, userPoolId, email, locale };
}

/**
 * Mails a new code. If Cognito repeats a slow attempt, an event does not show that it is a repeat, so the user gets
 * another mail: the newest one counts.
 */
async function freshCode(person: Person, id: string, settings: Settings): Promise<OneTimeCode | undefined> {
  if (!(await countCode(settings.table, person.sub))) {
    console.error({ signInCode: "none", reason: "the user got too many codes" });
    return undefined;
  }
  const code = makeCode();
  await saveCode(settings, { ...person, id }, code);
  return (await mailCode(person, code, settings)) ? code : undefined;
}

/** Whether the mail may have arrived: not after an error of SES, but perhaps after a timeout. */
async function mailCode({ email, locale }: Person, { code }: OneTimeCode, settings: Settings): Promise<boolean> {
  const { from, replyTo, appName, defaultLanguage } = settings;
  const language = languageOf(locale, defaultLanguage);
  const { subject, html } = compose(language, "Authentication", { app: appName, "####": code });
  try {
    await sendMail({ from, to: email, replyTo, subject, html });
    return true;
  } catch (cause) {
    const refused = cause instanceof ServiceError;
    console.error({ signInCode: refused ? "not mailed" : "perhaps not mailed", ...causeForLog(cause) });
    return !refused;
  }
}
