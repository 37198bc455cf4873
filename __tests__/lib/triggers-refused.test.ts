import { STANDARD_ATTRIBUTES } from "../../contract/attributes";
import type { EnvironmentSettings } from "../../lib/environments";
import { TRIGGERS } from "../../lib/triggers";
import type { UserPoolProps } from "../../lib/user-pool";
import { ALL_TRIGGERS, SES_MAIL } from "../all-triggers";
import { staffPool } from "./synthesized";

type Triggers = NonNullable<UserPoolProps["triggers"]>;
type Case = [what: string, props: Partial<UserPoolProps>, sentence: string, environment?: Partial<EnvironmentSettings>];

const { triggers: working, ...pool } = ALL_TRIGGERS;
/** A pool that has everything its triggers may need, with these of them. */
const only = (triggers: Triggers, changes: Partial<UserPoolProps> = {}) => {
  const authFlows = "customAuth" in triggers ? pool.authFlows : (["srp", "password"] as const);
  return { ...pool, authFlows: [...authFlows], triggers, ...changes };
};
const anonymous: Partial<UserPoolProps> = {
  signIn: "username",
  verifies: undefined,
  clientAttributes: ["updated_at"],
  access: undefined,
};
const webhook = { url: "https://hooks.example.org/codes", secretParameter: "/identity/webhook" };
const LIVE = { stage: "live" } as const;
const MAIL: Partial<EnvironmentSettings> = { mail: { sender: "cognito" } };
const { customAuth, customMessage, customEmailSender, customSmsSender, userMigration } = working;

it.each<[string, Partial<UserPoolProps>]>([
  ["every trigger at once", ALL_TRIGGERS],
  ...(Object.keys(working) as (keyof Triggers)[]).map(
    (name) => [name, only({ [name]: working[name as keyof typeof working] })] as [string, Partial<UserPoolProps>],
  ),
])("accepts %s", (_, props) => {
  expect(() => staffPool(props, { mail: SES_MAIL })).not.toThrow();
});

it("accepts a code after the password beside other flows until it is attached, so that nobody is locked out", () => {
  const triggers = { customAuth: { passwordFirst: true, attached: false } };
  expect(() => staffPool({ ...only(triggers), authFlows: ["srp", "custom"] }, { mail: SES_MAIL })).not.toThrow();
});

it.each<Case>([
  ...["defineAuthChallenge", "createAuthChallenge", "verifyAuthChallengeResponse"].map(
    (slot): Case => [
      `${slot} without the other two`,
      { triggers: { [slot]: {} } },
      `staff.triggers has "${slot}", but Cognito needs all three challenge triggers or none: use customAuth, which is all three.`,
    ],
  ),
  ...(
    [
      [64, "128 or more"],
      [10_241, "10240 or less"],
      [256.5, "a whole number"],
    ] as const
  ).map(
    ([memory, allowed]): Case => [
      `${memory} MB of memory`,
      { triggers: { preSignUp: { memory } } },
      `staff.triggers.preSignUp.memory is ${memory}, but it must be ${allowed}.`,
    ],
  ),
  [
    "too little memory to check a legacy password",
    only({ userMigration: { ...userMigration, memory: 128 } }),
    "staff.triggers.userMigration.memory is 128, but to check a legacy password can take 128 MB: set 256 at least.",
  ],
  [
    "challenges that no client may ask for",
    { ...only({ customAuth }), authFlows: ["srp"] },
    'staff.triggers.customAuth asks challenges, which the app client does not allow: add "custom" to staff.authFlows.',
  ],
  [
    "a client that asks for challenges that nobody makes",
    { authFlows: ["srp", "custom"] },
    'staff.authFlows has "custom", but no trigger asks a challenge: add triggers.customAuth, or take "custom" out.',
  ],
  [
    "codes to people without an address",
    only({ customAuth }, anonymous),
    "staff.triggers.customAuth sends mail, but people of this pool have no address: leave it out, or set staff.signIn to another way.",
  ],
  [
    "codes without an SES identity",
    only({ customAuth }),
    'staff.triggers.customAuth sends mail through SES: set environments.test.mail.sender to "ses", with its identityArn and from.',
    MAIL,
  ],
  [
    "codes through an SES identity of another Region",
    only({ customAuth }),
    "staff.triggers.customAuth sends mail through SES in eu-west-1, but environments.test.mail.identityArn is of us-east-1: name an identity of eu-west-1.",
    { mail: { ...SES_MAIL, identityArn: "arn:aws:ses:us-east-1:111111111111:identity/mail.example.org" } },
  ],
  ...(["srp", "password"] as const).map(
    (flow): Case => [
      `a code after the password, where ${flow} goes around it`,
      { ...only({ customAuth: { passwordFirst: true } }), authFlows: ["custom", flow] },
      `staff.triggers.customAuth.passwordFirst asks for a code after the password, but the flow "${flow}" needs no code: take it out of staff.authFlows.`,
    ],
  ),
  ...([2, 3] as const).map(
    (eventVersion): Case => [
      `version ${eventVersion} of token generation in the tier LITE`,
      only({ preTokenGeneration: { eventVersion } }, { tier: "LITE" }),
      `staff.triggers.preTokenGeneration.eventVersion is ${eventVersion}, which the tier "LITE" does not have: set staff.tier to "ESSENTIALS" or "PLUS".`,
    ],
  ),
  [
    "migration without a flow that sends passwords",
    { ...only({ userMigration }), authFlows: ["srp"] },
    'staff.triggers.userMigration needs the password itself, which no flow of the app client sends: add "password" to staff.authFlows.',
  ],
  [
    "migration of people without the address that they sign in with",
    only({ userMigration: { ...userMigration, attributes: { name: "name" }, addressesAreProven: false } }),
    'staff.triggers.userMigration.attributes has no "email", which people of this pool sign in with: say which legacy attribute it comes from.',
  ],
  [
    "migration of an attribute that the pool does not have",
    only({ userMigration: { ...userMigration, attributes: { email: "mail", "custom:plan": "plan" } } }),
    'staff.triggers.userMigration.attributes has "custom:plan", an attribute that this pool does not have: add "plan" to staff.customAttributes.',
  ],
  [
    "migration into an anonymous pool",
    only({ userMigration, preSignUp: { anonymous: true } }, anonymous),
    "staff.triggers.userMigration stores people's attributes, which an anonymous pool must not have: leave out the trigger or preSignUp.anonymous.",
  ],
  [
    "records of who signs in to an anonymous pool",
    only({ postAuthentication: {}, preSignUp: { anonymous: true } }, anonymous),
    "staff.triggers.postAuthentication records who signs in and when, which an anonymous pool must not do: leave out the trigger or preSignUp.anonymous.",
  ],
  ...(["OPTIONAL", "ON"] as const).map(
    (mfa): Case => [
      `a code after the password with a second factor that is ${mfa}`,
      { ...only({ customAuth: { passwordFirst: true } }), authFlows: ["custom"], mfa },
      `staff.triggers.customAuth.passwordFirst does not go with staff.mfa "${mfa}": Cognito does not ask users with a second factor for the code, so turn one of them off.`,
    ],
  ),
  ...(["OPTIONAL", "ON"] as const).map(
    (mfa): Case => [
      `a code instead of the password around a second factor that is ${mfa}`,
      { ...only({ customAuth: {} }), mfa },
      `staff.triggers.customAuth does not go with staff.mfa "${mfa}": Cognito asks for no second factor in this flow, so a mailed code alone would sign people in. Turn one of them off.`,
    ],
  ),
  [
    "codes to addresses that nobody can verify",
    only({ customAuth }, { signIn: "username-or-alias", verifies: ["phone_number"] }),
    'staff.triggers.customAuth mails codes to verified addresses, but nobody of this pool can verify one: add "email" to staff.verifies.',
  ],
  [
    "migration to a reset that cannot be sent",
    only(
      {
        userMigration: {
          table: "legacy",
          attributes: { email: "mail" },
          addressesAreProven: true,
          finalStatus: "RESET_REQUIRED",
        },
      },
      { signIn: "username-or-alias", verifies: ["phone_number"] },
    ),
    'staff.triggers.userMigration.finalStatus is "RESET_REQUIRED", but nothing that staff sends codes to is among its attributes: map phone_number, or set "CONFIRMED".',
  ],
  [
    "a claim of an attribute that the pool does not have",
    only({ preTokenGeneration: { idToken: { claims: { plan: { attribute: "custom:plan" } } } } }),
    'staff.triggers.preTokenGeneration.idToken.claims.plan.attribute is "custom:plan", an attribute that this pool does not have: add "plan" to staff.customAttributes.',
  ],
  [
    "a receiver on the function's own machine",
    only({
      customSmsSender: { through: { webhook: { ...webhook, url: "http://localhost/codes" } } },
    }),
    'staff.triggers.customSmsSender.through.webhook.url is "http://localhost/codes", which only the local environment can reach: give an https address of a public host.',
  ],
  [
    "a receiver in a private network",
    only({
      customSmsSender: { through: { webhook: { ...webhook, url: "https://10.0.0.1/codes" } } },
    }),
    'staff.triggers.customSmsSender.through.webhook.url is "https://10.0.0.1/codes", which only the local environment can reach: give an https address of a public host.',
  ],
  [
    "a guard of nothing",
    only({ preSignUp: { takeOverGuard: "skip" } }),
    "staff.triggers.preSignUp.takeOverGuard guards what autoVerify marks as verified, which is nothing: leave it out, or set autoVerify.",
  ],
  [
    "anonymity where people may name themselves later",
    only({ preSignUp: { anonymous: true } }, { ...anonymous, clientAttributes: ["updated_at", "email"] }),
    'staff.triggers.preSignUp.anonymous refuses attributes at sign-up, but the app client may write "email" afterwards, where no trigger looks: leave staff.clientAttributes out.',
  ],
  ...["emial", "custom:plan", "email_verified"].map(
    (name): Case => [
      `the attribute ${name} for people to write`,
      { clientAttributes: ["email", name] },
      `staff.clientAttributes has "${name}", which is no attribute that people of this pool could write: it must be one of ${STANDARD_ATTRIBUTES.join(", ")}, or custom:<name> with the name in customAttributes.`,
    ],
  ),
  [
    "a sign-up that cannot name its address",
    { clientAttributes: ["name"] },
    'staff.clientAttributes has no "email", which people of this pool sign up with: add it.',
  ],
  [
    "anonymity where people sign in with their address",
    only({ preSignUp: { anonymous: true } }),
    'staff.triggers.preSignUp.anonymous refuses addresses, which people of this pool sign in with: set staff.signIn to "username".',
  ],
  [
    "pre authentication that refuses nobody",
    only({ preAuthentication: {} }, { access: undefined }),
    "staff.triggers.preAuthentication refuses nobody without access: add access to staff, or leave it out.",
  ],
  [
    "mails in words of one's own from Cognito's sender",
    only({ customMessage }),
    'staff.triggers.customMessage writes the text of mails, which Cognito allows only with your own SES identity: set environments.test.mail.sender to "ses", with its identityArn and from.',
    MAIL,
  ],
  [
    "words for mails that nobody gets",
    only({ customMessage }, anonymous),
    "staff.triggers.customMessage sends mail, but people of this pool have no address: leave it out, or set staff.signIn to another way.",
  ],
  [
    "a mail sender without an SES identity",
    only({ customEmailSender }),
    'staff.triggers.customEmailSender sends mail through SES: set environments.test.mail.sender to "ses", with its identityArn and from.',
    MAIL,
  ],
  [
    "a mail sender for people without an address",
    only({ customEmailSender }, anonymous),
    "staff.triggers.customEmailSender sends mail, but people of this pool have no address: leave it out, or set staff.signIn to another way.",
  ],
  [
    "a mail sender whose failures nobody would see",
    only({ customEmailSender: { through: { webhook } } }),
    "staff.triggers.customEmailSender may fail without a notification, in an environment with real users: set environments.test.alarmTopic to the ARN of an SNS topic that somebody reads.",
    LIVE,
  ],
  [
    "a sender of text messages that nobody gets",
    only({ customSmsSender }, { verifies: ["email"] }),
    'staff.triggers.customSmsSender sends text messages, but this pool needs none: add "phone_number" to staff.verifies.',
  ],
  [
    "a sender of text messages whose failures nobody would see",
    only({ customSmsSender }),
    "staff.triggers.customSmsSender may fail without a notification, in an environment with real users: set environments.test.alarmTopic to the ARN of an SNS topic that somebody reads.",
    LIVE,
  ],
  [
    "numbers that people cannot give",
    { verifies: ["email", "phone_number"] },
    'staff.verifies has "phone_number", an attribute that the app client may not write: add it to clientAttributes.',
  ],
  [
    "codes in a pool of user names alone",
    { signIn: "username", verifies: ["email"] },
    'staff.verifies is ["email"], but people of this pool have a user name alone: leave it out.',
  ],
  [
    "what is not a trigger",
    { triggers: { preSignup: {} } as Triggers },
    `staff.triggers has no setting "preSignup"; allowed are ${Object.keys(TRIGGERS).join(", ")}.`,
  ],
  [
    "an attachment that is no yes or no",
    { triggers: { preSignUp: { attached: "no" as never } } },
    'staff.triggers.preSignUp.attached is "no", but it must be true or false.',
  ],
])("refuses %s", (_, props, sentence, environment = {}) => {
  expect(() => staffPool(props, { mail: SES_MAIL, ...environment })).toThrow(new Error(sentence));
});
