import type { CognitoTrigger } from "../contract/triggers";
import type { Trigger as GatewayTrigger } from "../gateway/triggers/trigger-names";
import type { EnvironmentSettings } from "../lib/environments";
import type { UserPoolProps } from "../lib/user-pool";

/** Mail as a pool needs it whose functions send some, or which words Cognito's own. */
export const sesMailOf = (account: string) =>
  ({
    sender: "ses",
    identityArn: `arn:aws:ses:eu-west-1:${account}:identity/mail.example.org`,
    from: "Example <no-reply@mail.example.org>",
  }) satisfies EnvironmentSettings["mail"];

/** The same, in the account of the environment that unit tests synthesize. */
export const SES_MAIL = sesMailOf("111111111111");

/** The directory that people are migrated from. */
export const LEGACY_TABLE = "legacy-users";

/** Where a pool's codes go instead of to SES and SNS, and the parameter that holds the secret they are signed with. */
export const WEBHOOK = `http://localhost:${process.env.WEBHOOK_PORT ?? 8080}/codes`;
export const WEBHOOK_SECRET = "/identity/webhook-secret";

/** The triggers that the local cloud does not run, each with the reason. The compiler asks for one that is missing. */
export const NOT_RUN_LOCALLY: Readonly<Record<Exclude<CognitoTrigger, GatewayTrigger>, string>> = {};

/** A pool with every trigger that there is. */
export const ALL_TRIGGERS = {
  signIn: "email",
  customAttributes: ["tenant"],
  clientAttributes: ["email", "phone_number", "locale", "custom:tenant"],
  authFlows: ["srp", "password", "custom"],
  verifies: ["email", "phone_number"],
  tier: "ESSENTIALS",
  access: { deniedDomains: ["example.com"] },
  messages: { appName: "Example" },
  triggers: {
    preSignUp: {},
    postConfirmation: { group: "members", afterPasswordReset: true },
    userMigration: {
      table: LEGACY_TABLE,
      attributes: { email: "mail", "custom:tenant": "tenant" },
      addressesAreProven: true,
    },
    preAuthentication: {},
    postAuthentication: {},
    customAuth: {},
    preTokenGeneration: {
      eventVersion: 2,
      idToken: {
        claims: { tenant: { attribute: "custom:tenant" }, limits: { value: { seats: 5 } } },
        suppress: ["custom:tenant"],
      },
      accessToken: {
        claims: { roles: { groups: true } },
        addScopes: ["orders/read"],
      },
    },
    customMessage: {},
    customEmailSender: { through: { service: "ses" } },
    customSmsSender: { through: { service: "sns" } },
  },
} satisfies Partial<UserPoolProps> & { triggers: Required<NonNullable<UserPoolProps["triggers"]>> };
