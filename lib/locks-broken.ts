import { SettingsError } from "./checked-settings";
import { isOwnDomain } from "./domain-settings";
import { APP } from "./environments";
import { environmentOf, moved } from "./locked-place";
import type { Locks } from "./locks-file";
import { poolOf } from "./locks-of-pools";

// The sentences about a lock that holds no longer. Each says what was, what is now, what would happen, and the way out.

/** The sentence about the lock that says most of those that hold no longer. */
export function broken(stackName: string, lost: string[], locked: Locks, present: Locks): SettingsError {
  const place = lost.find((lock) => lock.startsWith("place."));
  if (place !== undefined) return moved(stackName, place, locked[place], present[place]);
  const address = lost.find((lock) => locked[lock] === "address");
  if (address !== undefined) return addressGone(stackName, address, locked, present);
  const [property = ""] = lost;
  return propertyChanged(stackName, property, locked, present);
}

const removal = (stackName: string, what: string) => `npm run locks -- --remove ${environmentOf(stackName)}/${what}`;

const typeOf = (address: string) => address.split(".")[0];

function addressGone(stackName: string, address: string, locked: Locks, present: Locks): SettingsError {
  const renamed = Object.keys(present).find(
    (other) => present[other] === "address" && !(other in locked) && typeOf(other) === typeOf(address),
  );
  // If the pool goes, so does all that belongs to it.
  const pool = poolOf(address, Object.keys(locked));
  const poolGoes = pool !== undefined && !(pool.address in present);
  const wayOut = removal(stackName, poolGoes ? pool.id : address);
  if (typeOf(address) === "aws_cognito_identity_provider" && !poolGoes) {
    return new SettingsError(
      `${stackName} no longer has ${address}${renamed ? `, but has the new ${renamed}` : ""}: people who sign in through that identity provider could not sign in any more, and under another name they would be new people, so put it back or, if it may go, run ${wayOut}.`,
    );
  }
  const rename = poolGoes ? `, or the new pool renamedFrom: "${pool.id}" and awsName: "${pool.id}"` : "";
  return new SettingsError(
    renamed
      ? `${stackName} no longer has ${address}, but has the new ${renamed}: even if that is only a new id, Terraform would destroy the old one with everything in it and make the new one empty, so give its construct the old id back${rename} or, if the old one may go, run ${wayOut}.`
      : `${stackName} no longer has ${address}, so Terraform would destroy it with everything in it: give its construct the old id back or, if it may go, run ${wayOut}.`,
  );
}

function propertyChanged(stackName: string, lock: string, locked: Locks, present: Locks): SettingsError {
  const wayOut = `run ${removal(stackName, lock)}, and then npm run locks`;
  if (/\.preTokenGeneration(Config)?$/.test(lock)) {
    return new SettingsError(
      `${stackName} removes ${lock}, which Terraform's provider cannot detach: keep it (access: {} brings the trigger, eventVersion its configuration) or, if it never was deployed or you have detached it by hand in AWS, ${wayOut}.`,
    );
  }
  if (lock.endsWith(".smsConfiguration")) {
    return new SettingsError(
      `${stackName} removes ${lock}, which Terraform's provider cannot take from a pool: the pool would keep a role that is deleted, and refuse every later change, so keep "phone_number" in verifies or, if it never was deployed or you have taken it from the pool by hand in AWS, ${wayOut}.`,
    );
  }
  if (lock.startsWith("aws_cognito_identity_provider.")) {
    return new SettingsError(
      `${stackName} ${changes(lock, locked, present)}: Cognito knows people by the name of the provider and by their name there, so strangers could get the profiles of others: put it back, give the new provider another name or, only if nobody ever signed in through it, ${wayOut}.`,
    );
  }
  if (lock.endsWith(".domain")) {
    const [effect, condition] =
      lock in present
        ? [
            "Terraform would have to delete the old domain, which it refuses",
            "the old one never was deployed or is gone",
          ]
        : [
            "Terraform would delete the domain, its sign-in pages would be gone, and anybody could take its name",
            "it may go",
          ];
    return new SettingsError(
      `${stackName} ${changes(lock, locked, present)}: ${effect}, so put ${settingOf(locked[lock])} back or, if ${condition}, ${wayOut}.`,
    );
  }
  if (lock.endsWith(".name")) {
    const [former, prefix] = [String(locked[lock]), `${APP}-${environmentOf(stackName)}-`];
    const ofPool = typeOf(lock) === "aws_cognito_user_pool" && former.startsWith(prefix);
    const how = ofPool ? ` with awsName: "${former.slice(prefix.length)}"` : "";
    return new SettingsError(
      `${stackName} ${changes(lock, locked, present)}: Terraform would replace the resource, with everything in it, so put the name back${how} or, if it never was deployed, ${wayOut}.`,
    );
  }
  return new SettingsError(
    `${stackName} ${lock in present ? "changes" : "removes"} ${lock}, which Cognito fixes for ever when it makes a pool: put it back, make another pool under a construct id of its own or, only if it never was deployed, ${wayOut}.`,
  );
}

/** The setting of a domain. */
const settingOf = (domain: unknown) => (isOwnDomain(String(domain)) ? "customDomain" : "domainPrefix");

const changes = (lock: string, locked: Locks, present: Locks) =>
  lock in present
    ? `changes ${lock} from "${locked[lock]}" to "${present[lock]}"`
    : `removes ${lock}, which is "${locked[lock]}"`;
