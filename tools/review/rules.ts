import type { Rule } from "./rule";
import { clientRules } from "./rules/clients";
import { permissionWidened } from "./rules/permissions";
import { roleWidened } from "./rules/policies";
import { poolRules } from "./rules/pools";
import { providerChanged } from "./rules/providers";
import { functionRemoved, removals } from "./rules/removals";
import { resourceOpened, tlsWeakened } from "./rules/resource-policies";
import { schemaChanged } from "./rules/schema";
import { settingsWeakened } from "./rules/settings";
import { storageRules } from "./rules/storage";
import { permissionRemoved, triggerAttachedEarly, triggerDetached } from "./rules/triggers";

/** Every rule that looks at a change. docs/review.md has an entry for each. */
export const RULES: readonly Rule[] = [
  ...removals,
  functionRemoved,
  providerChanged,
  schemaChanged,
  triggerDetached,
  triggerAttachedEarly,
  permissionRemoved,
  settingsWeakened,
  ...poolRules,
  ...clientRules,
  permissionWidened,
  roleWidened,
  resourceOpened,
  tlsWeakened,
  ...storageRules,
];

/** What the review itself finds, not one change. */
export const OTHER_RULES = {
  drift: "What somebody changed outside of Terraform is not in the code: the next deployment may undo it, or keep it.",
  "prevent-destroy-removed": "It is what lets Terraform refuse a plan that destroys people's data.",
  "slot-unknown":
    "The next update of the pool would wipe a trigger that only AWS knows, because the provider sends every slot.",
} as const;

export const RULE_IDS: readonly string[] = [...RULES.map(({ id }) => id), ...Object.keys(OTHER_RULES)];
