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

/** The least time that a challenge takes, in milliseconds: longer than it usually takes to store and mail a code. */
const FLOOR = 1000;

/**
 * The challenge to type the mailed code. It looks the same and takes about the same time if the user name is unknown,
 * if no code was mailed, or if a service failed. Only the log shows the difference.
 * @throws Error when the event asks for another challenge
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

/** Whether this is the first code challenge of the sign-in. The next challenges ask for the same code. */
const isFirst = ({ request }: CreateEvent) =>
  !request?.session?.some((step) => step?.challengeName === "CUSTOM_CHALLENGE");

interface Person extends Owner {
  readonly email: string;
  /** The user's attribute `locale`. */
  readonly locale?: string;
}

/** The user, if a code can be sent: only to a verified address. */
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

/** Whether the mail may have arrived: not after an error of SES, but perhaps after a timeout. */
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
