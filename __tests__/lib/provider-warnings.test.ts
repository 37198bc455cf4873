import { App, type TerraformStack } from "cdktf";
import { FunctionCode } from "../../lib/function-code";
import { IdentityStack } from "../../lib/identity-stack";
import { UserPool, type UserPoolProps } from "../../lib/user-pool";
import { ALL_TRIGGERS, SES_MAIL } from "../all-triggers";
import { EVERY_PROVIDER } from "../every-provider";
import { testEnvironment } from "./synthesized";

/** What synthesis says about a pool with a provider, or without one. */
function warningsOf(props: Partial<UserPoolProps>, identityProviders?: UserPoolProps["identityProviders"]): string[] {
  const environment = testEnvironment({ domainPrefix: "people", mail: SES_MAIL });
  const stack: TerraformStack = new IdentityStack(new App({ stackTraces: false }), "identity-test", environment);
  const code = new FunctionCode(stack, "more-code", { bucket: "code", packaging: "archive" });
  const { node } = new UserPool(stack, "staff", { environment, code, signIn: "email", identityProviders, ...props });
  return node.metadata.map(({ data }) => String(data));
}

const { messages } = ALL_TRIGGERS;

it.each<[string, Partial<UserPoolProps>, string]>([
  [
    "sign-up by administrators alone",
    { selfSignUp: false },
    "staff.selfSignUp is false, but everybody whom an identity provider of staff knows becomes a user: let only the right people sign in there, or set staff.access.",
  ],
  [
    "a second factor",
    { mfa: "ON" },
    'staff.mfa is "ON", but Cognito asks nobody from an identity provider for a second factor: see that each provider does so, or leave identityProviders out.',
  ],
  [
    "a mailed code after the password",
    { authFlows: ["custom"], messages, triggers: { customAuth: { passwordFirst: true } } },
    "staff.triggers.customAuth asks nobody from an identity provider for a code: see that each provider does so, or leave identityProviders out.",
  ],
])("synthesis warns where a pool with providers relies on %s", (_, props, sentence) => {
  const { google } = EVERY_PROVIDER;
  expect(warningsOf(props, { google })).toEqual([sentence]);
  expect(warningsOf(props, {})).toEqual([]);
  expect(warningsOf(props)).toEqual([]);
});

it("synthesis is quiet about a pool with providers that relies on none of them", () => {
  expect(warningsOf({ mfa: "OPTIONAL" }, EVERY_PROVIDER)).toEqual([]);
});
