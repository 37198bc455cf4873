import { type Change, isObject, UNKNOWN } from "../change";
import type { Rule } from "../rule";
import { capital, listed, quoted, thing } from "../words";
import { fewer, type Guarded, lower, more, noLonger, nowTrue, propertyRule, texts, without } from "./properties";

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
      // Nobody recovers an account alone where only an administrator does.
      const gone = without(old, now).filter((name) => name !== "admin_only");
      const added = without(now, old);
      if (gone.length > 0) return `nobody recovers an account by ${listed(gone)} any more`;
      if (old.length > 0 && added.length > 0) return `accounts can be recovered by ${listed(added)}, too`;
      return now[0] === "verified_phone_number" && old[0] !== now[0] && old.length > 0
        ? "accounts are recovered by phone first"
        : undefined;
    }),
    pool(
      ["email_configuration", 0, "email_sending_account"],
      "who sends the mails",
      lower(["COGNITO_DEFAULT", "DEVELOPER"], () => "Cognito sends the mails itself, at most 50 a day, codes included"),
    ),
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
    pool(["software_token_mfa_configuration", 0, "enabled"], "the second factor by app", (before, after, change) =>
      hasFactors(change)
        ? noLonger("people can no longer use an app as their second factor")(before, after)
        : undefined,
    ),
    pool(
      ["device_configuration", 0, "challenge_required_on_new_device"],
      "whether a remembered device is a second factor",
      // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeviceConfigurationType.html
      (before, after, change) =>
        hasFactors(change)
          ? nowTrue("a device that is remembered is enough as the second factor")(before, after)
          : undefined,
    ),
    pool(["web_authn_configuration", 0, "user_verification"], "what a passkey proves", (before, after) =>
      before === "required" && after !== "required" ? "a passkey need not prove who uses it" : undefined,
    ),
  ],
  (change) => {
    // Its arguments may all be null, and the block alone turns the factor on.
    const [before, after] = [change.before("email_mfa_configuration"), change.after("email_mfa_configuration")];
    const isGone = Array.isArray(before) && before.length > 0 && (!Array.isArray(after) || after.length === 0);
    if (change.type !== "aws_cognito_user_pool" || change.kind !== "update" || after === UNKNOWN) return [];
    return isGone && hasFactors(change)
      ? [{ text: `${capital(thing(change))}: people can no longer use their mail as a second factor.` }]
      : [];
  },
);

/** Whether the pool has second factors at all. */
function hasFactors(change: Change): boolean {
  const factors = change.after("mfa_configuration");
  return factors !== undefined && factors !== "OFF";
}

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
    {
      types: ["aws_cognito_identity_pool"],
      path: ["allow_unauthenticated_identities"],
      what: "who gets credentials of AWS",
      weaker: nowTrue("everybody gets credentials of AWS, also without signing in"),
    },
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
  ({ type, kind }) => {
    if (kind !== "delete") return [];
    if (type === "aws_cognito_risk_configuration")
      return [{ text: "Removes what the pool does about risky sign-ins." }];
    return type === "aws_wafv2_web_acl_association" ? [{ text: "Removes a firewall." }] : [];
  },
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
    pool(["web_authn_configuration", 0, "relying_party_id"], "what passkeys are for", (before, after) =>
      before && before !== after ? "nobody signs in with a passkey that was made before" : undefined,
    ),
    {
      types: ["aws_cognito_user_pool_client"],
      path: ["allowed_oauth_flows_user_pool_client"],
      what: "the sign-in through hosted pages",
      weaker: noLonger("nobody signs in through hosted pages any more"),
    },
    {
      types: ["aws_cognito_user_pool_client"],
      path: ["allowed_oauth_flows"],
      what: "the OAuth grants",
      weaker: (before, after) => {
        const gone = without(before, after).filter((flow) => flow !== "implicit");
        return gone.length > 0
          ? `the OAuth grant ${listed(gone)} is no longer allowed: apps that use it stop`
          : undefined;
      },
    },
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
