import { ANY, CI_PERMISSIONS, type Grant, type Place } from "./ci-permissions";
import { secretsOf } from "./identity-providers";
import { bucketName, stackName } from "./names";
import type { Statement } from "./policy-document";
import { rightToRead } from "./provider-secrets";

/** The rows of the resources that an environment has. */
const rowsOf = (place: Place) => Object.values(CI_PERMISSIONS).filter(({ isNeeded }) => isNeeded?.(place) ?? true);

/** The secrets of identity providers, exactly those that the settings name: Terraform reads them when it plans. */
function secretGrants(place: Place): Grant[] {
  const secrets = place.identityProviders ? secretsOf(place.identityProviders) : [];
  const rights = secrets.map((secret) => rightToRead(secret, place));
  return [...new Set(rights.map(({ action }) => action))].map((action) => ({
    actions: [action],
    resources: () => rights.filter((right) => right.action === action).map(({ arn }) => arn),
  }));
}

/** Cognito serves a custom domain with CloudFront, and asks whether whoever makes it may change a distribution. */
const customDomainGrants = ({ customDomain }: Place): Grant[] =>
  customDomain ? [{ actions: ["cloudfront:UpdateDistribution"], resources: ANY }] : [];

/** What the role `plan` may do: read. Reading the state is enough to know everything that is in it. */
export function planStatements(place: Place): Statement[] {
  const state = `arn:aws:s3:::${bucketName(place, "state")}`;
  const states = (["state", "identity"] as const).map((kind) => `${state}/${stackName(kind, place)}.tfstate`);
  return statements(place, [
    { actions: ["s3:GetObject"], resources: () => states },
    ...rowsOf(place).flatMap(({ read }) => read),
    ...secretGrants(place),
  ]);
}

/** What the role `deploy` may do besides: change the identity stack. The state stack holds this role, so not that. */
export function deployStatements(place: Place): Statement[] {
  const state = `arn:aws:s3:::${bucketName(place, "state")}/${stackName("identity", place)}.tfstate`;
  return statements(place, [
    { actions: ["s3:PutObject"], resources: () => [state] },
    { actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resources: () => [`${state}.tflock`] },
    ...rowsOf(place).flatMap(({ write }) => write),
    ...customDomainGrants(place),
  ]);
}

/** One statement for all calls that are allowed on the same. */
function statements(place: Place, grants: readonly Grant[]): Statement[] {
  const made = new Map<string, { actions: Set<string>; resources: string[]; condition: Statement["condition"] }>();
  for (const { actions, resources, condition } of grants) {
    const on = { resources: [...resources(place)], condition: condition?.(place) ?? [] };
    const key = JSON.stringify(on);
    const statement = made.get(key) ?? { ...on, actions: new Set<string>() };
    for (const action of actions) statement.actions.add(action);
    made.set(key, statement);
  }
  return [...made.values()].map(({ actions, resources, condition }) => ({
    actions: [...actions].sort(),
    resources,
    ...(Array.isArray(condition) && condition.length > 0 && { condition }),
  }));
}
