import type { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import type { TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { SettingsError } from "./checked-settings";
import type { DomainSettings } from "./domain-settings";
import type { Environment } from "./environments";
import { domainName } from "./names";

interface Pool extends DomainSettings {
  readonly id: string;
  readonly environment: Pick<Environment, "name" | "stage" | "account" | "domainPrefix" | "ci" | "customDomain">;
  readonly tier: string;
}

/** Whether the pool has a domain, where people sign in. */
export const hasDomain = ({ environment, customDomain }: Pick<Pool, "environment" | "customDomain">) =>
  environment.domainPrefix !== undefined || customDomain !== undefined;

/**
 * The base address of the hosted sign-in: your own domain where there is one.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html
 */
export function hostedAddress(
  { domainPrefix = "", region }: Pick<Environment, "domainPrefix" | "region">,
  customDomain: Pool["customDomain"],
  namePart: string,
): string {
  return customDomain
    ? `https://${customDomain.name}`
    : `https://${domainName(domainPrefix, namePart)}.auth.${region}.amazoncognito.com`;
}

/** @throws SettingsError when a domain of the pool could not be made, or would show no pages */
export function checkDomains(pool: Pool): void {
  const { id, environment, customDomain, managedLogin, tier } = pool;
  if (customDomain) {
    const where = `${id}.customDomain`;
    if (environment.stage === "local")
      throw new SettingsError(`${where} is there, but the local cloud has no domains of others: leave it out.`);
    const [, , , , owner] = customDomain.certificateArn.split(":");
    if (owner !== environment.account) {
      throw new SettingsError(
        `${where}.certificateArn is "${customDomain.certificateArn}", but Cognito takes a certificate of its own account ${environment.account} alone.`,
      );
    }
    if (environment.ci && !environment.customDomain) {
      throw new SettingsError(
        `${where} is there, but CI may make a domain only where the environment has one: set environments.${environment.name}.customDomain, and give it to the pool from there.`,
      );
    }
  }
  if (!managedLogin) return;
  if (!hasDomain(pool)) {
    throw new SettingsError(
      `${id}.managedLogin is about the pages of a domain, and this pool has none: set environments.${environment.name}.domainPrefix or ${id}.customDomain.`,
    );
  }
  if (tier === "LITE") {
    throw new SettingsError(
      `${id}.managedLogin needs ${id}.tier "ESSENTIALS" or "PLUS": the tier LITE has the classic hosted pages alone.`,
    );
  }
}

/** Makes the domains of a pool: one of Cognito's, one of your own, or both. */
export function provideDomains(
  scope: Construct,
  userPool: CognitoUserPool,
  { environment, customDomain, managedLogin }: Omit<Pool, "id" | "tier">,
  namePart: string,
  lifecycle: TerraformResourceLifecycle,
): void {
  const all = { userPoolId: userPool.id, managedLoginVersion: managedLogin && 2, lifecycle };
  if (environment.domainPrefix) {
    const domain = domainName(environment.domainPrefix, namePart);
    new CognitoUserPoolDomain(scope, "domain", { ...all, domain });
  }
  if (customDomain) {
    const { name: domain, certificateArn } = customDomain;
    new CognitoUserPoolDomain(scope, "custom-domain", { ...all, domain, certificateArn });
  }
}
