import { setTimeout } from "node:timers/promises";
import { attributesOf } from "../shared/event";
import { sendMail } from "../shared/mail";
import { languageOf } from "../shared/messages/languages";
import { compose } from "../shared/messages/message";
import { causeForLog, ServiceError } from "../shared/service";
import { forgetCode, type Owner, readCode, saveCode } from "./code-store";
import type { CreateEvent, CreateResponse } from "./event";
import { LIFE, makeCode, nobodysCode, type OneTimeCode } from "./one-time-code";
import type { Settings } from "./settings";

/** Milliseconds that every answer takes at least: longer than it takes to keep and mail a code on a common day. */
const FLOOR = 1000;

/**
 * The challenge to type the code that was mailed. It looks the same, and takes about as long, whether or not somebody has
 * the name, a code was mailed, or a service failed: only the log tells.
 * @throws Error when another challenge is asked for
 */
export async function create(event: CreateEvent, settings: Settings): Promise<CreateResponse> {
  if (event.request?.challengeName !== "CUSTOM_CHALLENGE") throw new Error("the event asks for no CUSTOM_CHALLENGE");
  const [{ code, until }] = await Promise.all([codeFor(event, settings), setTimeout(FLOOR)]);
  return {
    publicChallengeParameters: { medium: "EMAIL", minutes: String(LIFE / 60) },
    privateChallengeParameters: { code, until: String(until) },
    challengeMetadata: "CODE_BY_EMAIL",
  };
}

async function codeFor(event: CreateEvent, settings: Settings): Promise<OneTimeCode> {
  const person = personOf(event);
  if (!person) return nobodysCode();
  try {
    if (isFirst(event)) return await freshCode(person, settings);
    return (await readCode(settings, person)) ?? nobodysCode();
  } catch (cause) {
    console.error({ signInCode: "unavailable", ...causeForLog(cause) });
    return nobodysCode();
  }
}

/** Whether this is the first code challenge of its sign-in; the others are about the same mail. */
const isFirst = ({ request }: CreateEvent) =>
  !request?.session?.some((step) => step?.challengeName === "CUSTOM_CHALLENGE");

interface Person extends Owner {
  readonly email: string;
  /** The language that they ask for. */
  readonly locale?: string;
}

/** Who may get a code: a user with an address that they have proven to be theirs. */
function personOf(event: CreateEvent): Person | undefined {
  const { sub, email, email_verified, locale } = attributesOf(event);
  const { userPoolId } = event;
  const none = (reason: string) => void console.info({ signInCode: "none", reason });
  if (event.request?.userNotFound) return none("nobody has this name");
  if (!userPoolId) return none("the event has no userPoolId");
  if (!sub) return none("the event has no sub");
  if (!email || email_verified !== "true") return none("the user has no verified address");
  return { sub, userPoolId, email, locale };
}

async function freshCode(person: Person, settings: Settings): Promise<OneTimeCode> {
  const { kept, isNew } = await saveCode(settings, person, makeCode());
  if (!isNew || (await mailCode(person, kept, settings))) return kept;
  await forgetCode(settings, person, kept);
  return nobodysCode();
}

/** Whether somebody may have got the mail: after an error of the service nobody has, after a timeout they may. */
async function mailCode({ email, locale }: Person, { code }: OneTimeCode, settings: Settings): Promise<boolean> {
  const { from, appName, defaultLanguage } = settings;
  const language = languageOf(locale, defaultLanguage);
  const { subject, html } = compose(language, "Authentication", { app: appName, "####": code });
  try {
    await sendMail({ from, to: email, subject, html });
    return true;
  } catch (cause) {
    const refused = cause instanceof ServiceError;
    console.error({ signInCode: refused ? "not mailed" : "perhaps not mailed", ...causeForLog(cause) });
    return !refused;
  }
}
