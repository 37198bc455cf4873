import type { Identity } from "../functions/shared/identities";
import type { Person } from "./people";

/** The name of somebody at an identity provider. */
export const doorOf = ({ providerName, userId }: Identity) => `${providerName}_${userId}`;

/** Whether a sign-in through an identity provider has made the profile, which then has no password. */
const isMadeByProvider = ({ identities }: Person) => identities.some(({ primary }) => primary);

/** A profile as JSON shows it, without its pool. */
export const shownPerson = (person: Person) => ({
  sub: person.sub,
  status: person.status,
  email: person.email,
  emailVerified: person.emailVerified,
  doors: person.identities.map(doorOf),
  madeByProvider: isMadeByProvider(person),
});

/** A profile as a line for people shows it, without its pool. */
export function lineOf(person: Person): string {
  const { sub, status, emailVerified, identities } = person;
  const ways = [...(isMadeByProvider(person) ? [] : ["password"]), ...identities.map(doorOf)].join(", ");
  return `${sub}  ${status}  address ${emailVerified ? "verified" : "not verified"}  doors: ${ways}`;
}
