import type { UserPoolProps } from "../../lib/user-pool";
import { ALL_TRIGGERS, SES_MAIL } from "../all-triggers";
import { resource, staffPool } from "./synthesized";

const verification = { subject: "Your code", mail: "<p>{####}</p>", sms: "{####} is your code" };
const invitation = { subject: "Welcome", mail: "<p>{username} {####}</p>", sms: "{username} {####}" };
const appName = "Example";
const both: Partial<UserPoolProps> = {
  verifies: ["email", "phone_number"],
  clientAttributes: ["email", "phone_number"],
};
const pool = (props: Partial<UserPoolProps>, mail: typeof SES_MAIL | { sender: "cognito" } = SES_MAIL) =>
  resource(staffPool(props, { mail }), "aws_cognito_user_pool", "staff_");

it("gives Cognito the pool's own words", () => {
  const { verification_message_template, admin_create_user_config } = pool({
    ...both,
    messages: { appName, verification, invitation },
  });
  expect(verification_message_template).toEqual({
    default_email_option: "CONFIRM_WITH_CODE",
    email_subject: "Your code",
    email_message: "<p>{####}</p>",
    sms_message: "{####} is your code",
  });
  expect(admin_create_user_config).toEqual({
    allow_admin_create_user_only: false,
    invite_message_template: {
      email_subject: "Welcome",
      email_message: "<p>{username} {####}</p>",
      sms_message: "{username} {####}",
    },
  });
});

it("leaves Cognito's own where there are none", () => {
  expect(pool({ messages: { appName } })).not.toHaveProperty("verification_message_template");
  expect(pool({}).admin_create_user_config).toEqual({ allow_admin_create_user_only: false });
});

const { triggers, messages, ...all } = ALL_TRIGGERS;
const only = (name: keyof typeof triggers): Partial<UserPoolProps> => ({
  ...all,
  authFlows: name === "customAuth" ? ["custom"] : ["srp"],
  triggers: { [name]: triggers[name] },
});

it.each(["customMessage", "customAuth", "customEmailSender", "customSmsSender"] as const)("%s needs them", (name) => {
  expect(() => pool(only(name))).toThrow(
    `staff.triggers.${name} writes messages, which contain the app's name: add messages to staff, with an appName.`,
  );
  expect(() => pool({ ...only(name), messages })).not.toThrow();
});

it.each<[string, Partial<UserPoolProps>, string, typeof SES_MAIL | { sender: "cognito" }]>([
  [
    "a trigger words them",
    { ...only("customMessage"), messages: { appName, verification } },
    "staff.messages.verification.subject is not used, because triggers.customMessage writes this message: leave one of them out.",
    SES_MAIL,
  ],
  [
    "a sender sends them",
    { ...only("customSmsSender"), messages: { appName, invitation: { sms: invitation.sms } } },
    "staff.messages.invitation.sms is not used, because triggers.customSmsSender writes this message",
    SES_MAIL,
  ],
  [
    "nobody gets a mail",
    { signIn: "username", messages: { appName, verification: { mail: verification.mail } } },
    "staff.messages.verification.mail is not used, because this pool sends no such message: leave it out.",
    SES_MAIL,
  ],
  [
    "nobody gets a text message",
    { messages: { appName, verification: { sms: verification.sms } } },
    "staff.messages.verification.sms is not used, because this pool sends no such message: leave it out.",
    SES_MAIL,
  ],
  [
    "Cognito's own sender sends the mails",
    { messages: { appName, invitation: { mail: invitation.mail } } },
    "staff.messages.invitation.mail writes the text of mails, which Cognito allows only with your own SES identity: set environments.test.mail.sender",
    { sender: "cognito" },
  ],
])("words are refused where %s", (_, props, sentence, mail) => {
  expect(() => pool(props, mail)).toThrow(sentence);
});

it("allows a sender together with texts for the other medium", () => {
  const verified = { subject: verification.subject, mail: verification.mail };
  expect(() => pool({ ...only("customSmsSender"), messages: { appName, verification: verified } })).not.toThrow();
});
