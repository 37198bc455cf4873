import { isObject } from "../change";
import type { Rule } from "../rule";
import { listed, quoted } from "../words";
import { fewer, type Guarded, lower, more, noLonger, propertyRule, texts, without } from "./properties";

const POOL = ["aws_cognito_user_pool"];

const pool = (path: Guarded["path"], what: string, weaker: Guarded["weaker"]): Guarded => ({
  types: POOL,
  path,
  what,
  weaker,
});

/** The ways to recover an account, in their order. */
const mechanisms = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [])
    .filter(isObject)
    .sort((a, b) => Number(a.priority) - Number(b.priority))
    .map(({ name }) => String(name));

export const recoveryWeakened = propertyRule(
  {
    id: "recovery-weakened",
    effect: "access",
    reason:
      "Who can no longer recover an account is locked out by a forgotten password; a weaker way lets others take it.",
  },
  [
    pool(["account_recovery_setting", 0, "recovery_mechanism"], "recovery", (before, after) => {
      const [old, now] = [mechanisms(before), mechanisms(after)];
      const gone = without(old, now);
      const added = without(now, old);
      if (gone.length > 0) return `nobody recovers an account by ${listed(gone)} any more`;
      if (old.length > 0 && added.length > 0) return `accounts can be recovered by ${listed(added)}, too`;
      return now[0] === "verified_phone_number" && old[0] !== now[0] && old.length > 0
        ? "accounts are recovered by phone first"
        : undefined;
    }),
  ],
);

export const verificationWeakened = propertyRule(
  {
    id: "verification-weakened",
    reason: "An address that nobody has proven may be somebody else's: accounts and recovery rest on the proof.",
  },
  [
    pool(["auto_verified_attributes"], "what is verified", (before, after) => {
      const gone = without(before, after);
      return gone.length > 0 ? `${listed(gone)} is no longer verified with a code` : undefined;
    }),
    pool(
      ["user_attribute_update_settings", 0, "attributes_require_verification_before_update"],
      "what must be verified before it changes",
      (before, after) => {
        const gone = without(before, after);
        return gone.length > 0 ? `a new ${listed(gone)} counts before it is verified` : undefined;
      },
    ),
  ],
);

export const mfaWeakened = propertyRule(
  { id: "mfa-weakened", reason: "Without a second factor, a stolen password is enough to sign in." },
  [
    pool(
      ["mfa_configuration"],
      "the second factor",
      lower(["OFF", "OPTIONAL", "ON"], (after) => `a second factor is ${quoted(after)}`),
    ),
    pool(
      ["software_token_mfa_configuration", 0, "enabled"],
      "the second factor by app",
      noLonger("people can no longer use an app as their second factor"),
    ),
    pool(
      ["device_configuration", 0, "challenge_required_on_new_device"],
      "the challenge of new devices",
      noLonger("new devices are not challenged any more"),
    ),
  ],
);

const needs = (name: string, words: string) =>
  pool(
    ["password_policy", 0, `require_${name}`],
    "the password rules",
    noLonger(`passwords need no ${words} any more`),
  );

export const passwordRulesWeakened = propertyRule(
  { id: "password-rules-weakened", reason: "Weaker passwords are guessed, and people choose what the rules allow." },
  [
    pool(
      ["password_policy", 0, "minimum_length"],
      "the length of passwords",
      fewer((before, after) => `passwords may have ${after} characters instead of ${before}`),
    ),
    needs("lowercase", "lower-case letter"),
    needs("uppercase", "capital"),
    needs("numbers", "number"),
    needs("symbols", "symbol"),
    pool(
      ["password_policy", 0, "password_history_size"],
      "the history of passwords",
      fewer((before, after) => `the last ${after} passwords cannot be used again, instead of ${before}`),
    ),
    pool(
      ["password_policy", 0, "temporary_password_validity_days"],
      "how long a temporary password is valid",
      more((before, after) => `a temporary password is valid for ${after} days instead of ${before}`, 7),
    ),
  ],
);

export const signUpOpened = propertyRule(
  { id: "sign-up-opened", reason: "Where administrators choose who gets an account, everybody could make one." },
  [
    pool(
      ["admin_create_user_config", 0, "allow_admin_create_user_only"],
      "who can sign up",
      noLonger("everybody can sign up, not only people whom an administrator adds"),
    ),
  ],
);

export const threatProtectionWeakened = propertyRule(
  {
    id: "threat-protection-weakened",
    reason: "It stops sign-ins with leaked passwords; a lower tier lacks it, and token rules.",
  },
  [
    pool(
      ["user_pool_tier"],
      "the tier",
      lower(["LITE", "ESSENTIALS", "PLUS"], (after) => `the tier is only ${quoted(after)}`),
    ),
    pool(
      ["user_pool_add_ons", 0, "advanced_security_mode"],
      "threat protection",
      lower(["OFF", "AUDIT", "ENFORCED"], (after) => `threat protection is ${quoted(after)}`),
    ),
  ],
  ({ type, kind }) =>
    type === "aws_cognito_risk_configuration" && (kind === "delete" || kind === "forget")
      ? [{ text: "Removes what the pool does about risky sign-ins." }]
      : [],
);

export const factorRemoved = propertyRule(
  {
    id: "sign-in-removed",
    effect: "access",
    reason: "People who sign in this way no longer can, and apps that use it stop.",
  },
  [
    pool(["sign_in_policy", 0, "allowed_first_auth_factors"], "the ways to sign in", (before, after) => {
      const gone = without(before, after);
      return gone.length > 0 && texts(after).length > 0 ? `nobody signs in with ${listed(gone)} any more` : undefined;
    }),
    {
      types: ["aws_cognito_user_pool_client"],
      path: ["explicit_auth_flows"],
      what: "the ways to sign in",
      weaker: (before, after) => {
        const gone = without(before, after).filter((flow) => !texts(after).includes(renamedFlow(flow)));
        return gone.length > 0
          ? `${listed(gone)} is no longer allowed: who signs in this way no longer can`
          : undefined;
      },
    },
    {
      types: ["aws_cognito_user_pool_client"],
      path: ["supported_identity_providers"],
      what: "the identity providers",
      weaker: (before, after) => {
        const gone = without(before, after);
        return gone.length > 0 ? `nobody signs in through ${listed(gone)} any more` : undefined;
      },
    },
  ],
);

/** Cognito has an older and a newer name for some flows. */
const renamedFlow = (flow: string) =>
  flow === "USER_PASSWORD_AUTH" || flow === "ADMIN_NO_SRP_AUTH" ? NEWER[flow] : `ALLOW_${flow}`;
const NEWER = { USER_PASSWORD_AUTH: "ALLOW_USER_PASSWORD_AUTH", ADMIN_NO_SRP_AUTH: "ALLOW_ADMIN_USER_PASSWORD_AUTH" };

export const poolRules: Rule[] = [
  recoveryWeakened,
  verificationWeakened,
  mfaWeakened,
  passwordRulesWeakened,
  signUpOpened,
  threatProtectionWeakened,
  factorRemoved,
];
