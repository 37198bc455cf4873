import type { RefusalCode } from "../contract/refusals";
import type { Card } from "./cards";
import { parseRefusal } from "./refusal";
import type { FieldName, Problem, Step } from "./state";

/** The card and the step in which something failed. */
export interface FailedAt {
  readonly card: Card;
  readonly step: Step;
}

/** A mistake that the page finds without asking Cognito. */
export class Mistake extends Error {
  constructor(
    readonly field: FieldName,
    text: string,
  ) {
    super(text);
  }
}

/** Explains an error in plain words, and names the field that it concerns. Texts of others are plain text. */
export function explain(error: unknown, at: FailedAt): Problem {
  if (error instanceof Mistake) return { text: error.message, field: error.field };
  const { name = "", message = "" } = error instanceof Error ? error : {};
  return (
    explanations[name]?.(message, at) ?? {
      text: `That did not work: ${sentence(message || name || "the reason is unknown")}`,
    }
  );
}

/** What a refusal concerns: the user name, an address or phone number, or no field of the form. */
const subjectOf: Readonly<Record<RefusalCode, "name" | "address" | "nothing">> = {
  "domain-denied": "address",
  "domain-not-allowed": "address",
  "address-taken": "address",
  "address-missing": "address",
  "address-refused": "address",
  "address-unverified": "address",
  "username-too-short": "name",
  "username-refused": "name",
  "use-provider": "address",
  "user-blocked": "nothing",
  "provider-refused": "nothing",
  "attributes-refused": "nothing",
};

/** The field of the address. At a sign-up with a user name, it is a field of its own. */
const addressField = ({ card, step }: FailedAt): FieldName =>
  (card.pool.signIn !== "email" && step === "signUp" && card.attributes[0]) || "name";

type Explanation = (message: string, at: FailedAt) => Problem;

/** The steps in which people type a code of their authenticator app. */
const appSteps: readonly Step[] = ["appCode", "firstApp", "newApp"];

const wrongAppCode = (): Problem => ({
  text: "This code is not right. Type the six digits that the app shows now.",
  field: "code",
});
const wrongCode: Explanation = (_, { card, step }) => {
  if (appSteps.includes(step)) return wrongAppCode();
  return {
    text: `This code is not right. Look into the newest ${card.words.message}, and type its six digits.`,
    field: "code",
  };
};
const expiredCode: Explanation = (_, { step }) => ({
  text: appSteps.includes(step)
    ? "This code was used already. Wait until the app shows another one."
    : "This code is not valid, or not any more. Ask for another one.",
  field: "code",
});
const tooManyAttempts = (): Problem => ({
  text: "That was tried too often. Wait a quarter of an hour, then try again.",
});
const unreachable = (): Problem => ({ text: "The server cannot be reached. Look at your connection, and try again." });
const functionFailed = (): Problem => ({ text: "A function of this user pool failed. Try again in a moment." });
const startAgain = (step: Step): Problem => ({ text: "This sign-in is over. Start it again.", step });

/** The explanation of each error of Cognito and Amplify. It must not show whether an address has an account. */
const explanations: Readonly<Record<string, Explanation>> = {
  UserLambdaValidationException: refused,
  UnexpectedLambdaException: functionFailed,
  InvalidLambdaResponseException: functionFailed,
  CodeMismatchException: wrongCode,
  ExpiredCodeException: expiredCode,
  EnableSoftwareTokenMFAException: wrongAppCode,
  SoftwareTokenMFANotFoundException: () => ({ text: "No second factor is set up here. Start again." }),
  InvalidPasswordException: weakPassword,
  InvalidParameterException: wrongInput,
  UsernameExistsException: (_, { card }) => ({ text: card.words.nameTaken, field: "name" }),
  AliasExistsException: () => ({ text: "This code cannot be used for this address." }),
  NotAuthorizedException: notAuthorized,
  UserNotFoundException: notAuthorized,
  UserNotConfirmedException: (_, { card }) => notConfirmed(card),
  PasswordResetRequiredException: (_, { card }) => ({
    text: `This account needs a new password. Type the code that was ${card.words.sent} to you.`,
    step: "reset",
  }),
  LimitExceededException: tooManyAttempts,
  TooManyRequestsException: tooManyAttempts,
  TooManyFailedAttemptsException: tooManyAttempts,
  CodeDeliveryFailureException: () => ({ text: "The mail could not be sent. Try again later." }),
  ResourceNotFoundException: () => ({
    text: "The user pool that this page was made for is gone. Load the page again.",
  }),
  ForbiddenException: () => ({ text: "The server does not allow this from here." }),
  InternalErrorException: () => ({ text: "The server failed. Try again in a moment." }),
  NetworkError: unreachable,
  HostedSignInError: (message, at) =>
    parseRefusal(message) ? refused(message, at) : { text: `The sign-in there did not work: ${sentence(message)}` },
  SignInException: (_, { card, step }) => startAgain(step === "answer" ? restartOf(card) : card.signInStep),
};

function refused(message: string, at: FailedAt): Problem {
  const refusal = parseRefusal(message);
  if (!refusal) return { text: sentence(message) };
  const subject = refusal.code ? subjectOf[refusal.code] : "nothing";
  const fields = { name: "name", address: addressField(at), nothing: undefined } as const;
  return { text: sentence(refusal.text), field: fields[subject] };
}

/** Cognito says `Password did not conform with policy: Password not long enough`, or which characters are missing. */
function weakPassword(message: string, { card }: FailedAt): Problem {
  const { passwordLength } = card.pool;
  const reason = message.replace(/^.*policy: /, "");
  if (reason === "Password not long enough") {
    const enough = passwordLength ? `at least ${passwordLength} characters` : "more of them";
    return { text: `Too short: use ${enough}, such as a few words.`, field: "password" };
  }
  return { text: sentence(reason), field: "password" };
}

/** Cognito names the member of the request that breaks its rules. */
function wrongInput(message: string, at: FailedAt): Problem {
  const { card, step } = at;
  if (/password/i.test(message)) {
    return {
      text: "A password can neither begin nor end with a space, nor have over 256 characters.",
      field: "password",
    };
  }
  if (/code/i.test(message)) return wrongCode(message, at);
  if (/^Username cannot be of (email|phone number) format/.test(message)) {
    return { text: "Choose a user name that is not an email address or a phone number.", field: "name" };
  }
  if (/^Invalid (email address|phone number) format/.test(message)) {
    return { text: sentence(message), field: /phone/.test(message) ? "phone_number" : addressField(at) };
  }
  if (/user ?name|email/i.test(message) && step !== "signedIn") {
    return card.pool.signIn === "email"
      ? { text: "This is not an email address, as in name@example.org.", field: "name" }
      : { text: "A user name has no spaces, and 128 characters at most.", field: "name" };
  }
  return { text: sentence(message) };
}

function notAuthorized(message: string, at: FailedAt): Problem {
  const { card, step } = at;
  switch (step) {
    case "confirm":
    case "reset":
      return expiredCode(message, at);
    case "answer":
      return startAgain(restartOf(card));
    case "newPassword":
    case "appCode":
    case "firstApp":
      return startAgain(card.signInStep);
    case "signIn":
      if (/attempts exceeded/i.test(message)) return tooManyAttempts();
      if (/disabled/i.test(message)) return { text: "This account is switched off." };
      if (/temporary password has expired/i.test(message)) {
        return { text: "This temporary password is too old. Ask whoever gave it to you for another one." };
      }
      return { text: card.words.wrongPassword, field: "password" };
    default:
      return { text: sentence(message) };
  }
}

/** If the pool verifies nothing, there is no code to type: an administrator must confirm the user. */
const notConfirmed = ({ pool, words }: Card): Problem => ({
  text: words.confirm.stillNeeded,
  step: pool.verifies.length > 0 ? "confirm" : undefined,
});

/** The step in which a sign-in with a code begins. */
const restartOf = ({ pool }: Card): Step => (pool.oneTimeCode ? "askCode" : "signIn");

/** Adds a full stop if there is none. */
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
