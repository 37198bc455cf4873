import type { RefusalCode } from "../contract/refusals";
import type { PoolConfig, WayName } from "./config";
import { parseRefusal } from "./refusal";
import type { FieldName, Problem, Step } from "./state";

/** In which way and step something failed. */
export interface Where {
  readonly way: WayName;
  readonly step: Step;
  readonly passwordLength?: PoolConfig["passwordLength"];
}

/** A mistake that the page sees before Cognito does. */
export class Mistake extends Error {
  constructor(
    readonly field: FieldName,
    text: string,
  ) {
    super(text);
  }
}

/** Says what went wrong in plain words, and next to which field. What others wrote is given as plain text. */
export function explain(error: unknown, where: Where): Problem {
  if (error instanceof Mistake) return { text: error.message, field: error.field };
  const { name = "", message = "" } = error instanceof Error ? error : {};
  return (
    words[name]?.(message, where) ?? { text: `That did not work: ${sentence(message || name || "nobody knows why")}` }
  );
}

const fieldOf: Partial<Record<RefusalCode, FieldName>> = {
  "domain-denied": "name",
  "domain-not-allowed": "name",
  "address-taken": "name",
  "address-missing": "name",
  "address-refused": "name",
  "username-too-short": "name",
  "username-refused": "name",
};

type Words = (message: string, where: Where) => Problem;

const wrongCode = (): Problem => ({
  text: "This code is not right. Look into the newest mail, and type its six digits.",
  field: "code",
});
const staleCode = (): Problem => ({
  text: "This code does not count, or not any more. Ask for another one.",
  field: "code",
});
const tooOften = (): Problem => ({ text: "That was tried too often. Wait a quarter of an hour, then try again." });
const unreachable = (): Problem => ({ text: "The server cannot be reached. Look at your connection, and try again." });
const functionFailed = (): Problem => ({ text: "A function of this user pool failed. Try again in a moment." });
const startAgain = (step: Step): Problem => ({ text: "This sign-in is over. Start it again.", step });

/** What is said of each of Cognito's and Amplify's errors; it must not tell whose address the verified pool knows. */
const words: Readonly<Record<string, Words>> = {
  UserLambdaValidationException: refused,
  UnexpectedLambdaException: functionFailed,
  InvalidLambdaResponseException: functionFailed,
  CodeMismatchException: wrongCode,
  ExpiredCodeException: staleCode,
  InvalidPasswordException: weakPassword,
  InvalidParameterException: wrongInput,
  UsernameExistsException: () => ({ text: "This user name is taken. Choose another one.", field: "name" }),
  AliasExistsException: () => ({ text: "This code cannot be used for this address." }),
  NotAuthorizedException: notLetIn,
  UserNotFoundException: notLetIn,
  UserNotConfirmedException: () => ({
    text: "This address is not proven yet. Type the code that was mailed to it.",
    step: "confirm",
  }),
  PasswordResetRequiredException: () => ({
    text: "This account needs a new password. Type the code that was mailed to you.",
    step: "reset",
  }),
  LimitExceededException: tooOften,
  TooManyRequestsException: tooOften,
  TooManyFailedAttemptsException: tooOften,
  CodeDeliveryFailureException: () => ({ text: "The mail could not be sent. Try again later." }),
  ResourceNotFoundException: () => ({
    text: "The user pool that this page was made for is gone. Load the page again.",
  }),
  ForbiddenException: () => ({ text: "The server lets nobody do this from here." }),
  InternalErrorException: () => ({ text: "The server failed. Try again in a moment." }),
  NetworkError: unreachable,
  SignInException: (_, { step }) => startAgain(step === "answer" ? "askCode" : "signIn"),
};

function refused(message: string): Problem {
  const refusal = parseRefusal(message);
  if (!refusal) return { text: sentence(message) };
  return { text: sentence(refusal.text), field: refusal.code && fieldOf[refusal.code] };
}

/** Cognito says `Password did not conform with policy: Password not long enough`, or which characters it must have. */
function weakPassword(message: string, { passwordLength }: Where): Problem {
  const reason = message.replace(/^.*policy: /, "");
  if (reason === "Password not long enough") {
    const enough = passwordLength ? `at least ${passwordLength} characters` : "more of them";
    return { text: `Too short: use ${enough}, such as a few words.`, field: "password" };
  }
  return { text: sentence(reason), field: "password" };
}

/** Cognito names the member that breaks its rules. */
function wrongInput(message: string, { way, step }: Where): Problem {
  if (/password/i.test(message)) {
    return {
      text: "A password can neither begin nor end with a space, nor have over 256 characters.",
      field: "password",
    };
  }
  if (/code/i.test(message)) return wrongCode();
  if (/user ?name|email/i.test(message) && step !== "signedIn") {
    return way === "verified"
      ? { text: "This is not an email address, as in name@example.org.", field: "name" }
      : { text: "A user name has no spaces, and 128 characters at most.", field: "name" };
  }
  return { text: sentence(message) };
}

function notLetIn(message: string, { way, step }: Where): Problem {
  switch (step) {
    case "confirm":
    case "reset":
      return staleCode();
    case "answer":
      return startAgain("askCode");
    case "newPassword":
      return startAgain("signIn");
    case "signIn":
      if (/attempts exceeded/i.test(message)) return tooOften();
      if (/disabled/i.test(message)) return { text: "This account is switched off." };
      if (/temporary password has expired/i.test(message)) {
        return { text: "This temporary password is too old. Ask whoever gave it to you for another one." };
      }
      return {
        text: `The ${way === "verified" ? "address" : "user name"} or the password is wrong.`,
        field: "password",
      };
    default:
      return { text: sentence(message) };
  }
}

/** Ends with a full stop. */
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
