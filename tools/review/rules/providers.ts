import { type Change, isObject, same, UNKNOWN } from "../change";
import type { Problem, Rule } from "../rule";
import { listed, thing } from "../words";

/** What of a provider's details only changes how it is asked, or is its secret, which is changed now and then. */
const HARMLESS_DETAILS = [
  "client_secret",
  "private_key",
  "authorize_scopes",
  "attributes_request_method",
  "IDPSignout",
];

/** Attributes that say of another one that it is proven. */
const PROOFS = ["email_verified", "phone_number_verified"];

/** Who answers for people from a provider, and what Cognito takes from the answer. */
export const providerChanged: Rule = {
  id: "provider-changed",
  effect: "protection",
  reason: "Who answers for a provider says who people are: another one can sign in as anybody, or knows nobody.",
  check(change) {
    if (change.type !== "aws_cognito_identity_provider" || change.kind !== "update") return [];
    return [...otherDetails(change), ...otherAttributes(change)];
  },
};

function otherDetails(change: Change): Problem[] {
  if (change.after("provider_details") === UNKNOWN) {
    return [{ text: `Who answers for the ${thing(change)} is known only after the deployment.` }];
  }
  const changed = namesIn(change, "provider_details").filter(
    (name) => !HARMLESS_DETAILS.includes(name) && differs(change, "provider_details", name),
  );
  return changed.length > 0 ? [{ text: `The ${thing(change)} is asked elsewhere: ${listed(changed)} changes.` }] : [];
}

function otherAttributes(change: Change): Problem[] {
  if (change.after("attribute_mapping") === UNKNOWN) {
    return [{ text: `What the ${thing(change)} says of people is known only after the deployment.` }];
  }
  const changed = namesIn(change, "attribute_mapping").filter(
    (name) =>
      (change.before("attribute_mapping", name) !== undefined || PROOFS.includes(name)) &&
      differs(change, "attribute_mapping", name),
  );
  if (changed.length === 0) return [];
  return [{ text: `The ${thing(change)} gives people another ${listed(changed)}, or none, at their next sign-in.` }];
}

/** Whether somebody set another value. What only the provider computes is no difference. */
function differs(change: Change, block: string, name: string): boolean {
  const [before, after] = [change.before(block, name), change.after(block, name)];
  return !same(before, after) && (after !== UNKNOWN || before !== undefined);
}

function namesIn(change: Change, block: string): string[] {
  const blocks = [change.before(block), change.after(block)].map((value) => (isObject(value) ? value : {}));
  return [...new Set([...blocks.flatMap(Object.keys), ...change.unknownIn(block)])].sort();
}
