import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import type { CheckedPoolSettings } from "./pool-settings";
import type { TriggerSettings } from "./pool-triggers";

interface Pool extends Pick<CheckedPoolSettings, "selfSignUp" | "mfa" | "authFlows">, TriggerSettings {
  readonly id: string;
}

/**
 * Warns where a pool with identity providers relies on a setting that has no effect on people who come from one. `cdktf`
 * prints the warnings. docs/identity-providers.md lists all of them.
 */
export function warnOfSettingsWithoutEffect(scope: Construct, pool: Pool): void {
  for (const warning of warningsOf(pool)) Annotations.of(scope).addWarning(warning);
}

function warningsOf({ id, selfSignUp, mfa, authFlows, triggers = {} }: Pool): string[] {
  const instead = "see that each provider does so, or leave identityProviders out";
  return [
    ...(selfSignUp
      ? []
      : [
          `${id}.selfSignUp is false, but everybody whom an identity provider of ${id} knows becomes a user: let only the right people sign in there, or set ${id}.access.`,
        ]),
    ...(mfa === "ON"
      ? [`${id}.mfa is "ON", but Cognito asks nobody from an identity provider for a second factor: ${instead}.`]
      : []),
    ...(triggers.customAuth?.passwordFirst || authFlows.every((flow) => flow === "custom")
      ? [`${id}.triggers.customAuth asks nobody from an identity provider for a code: ${instead}.`]
      : []),
  ];
}
