import { type Change, UNKNOWN } from "../change";
import type { Problem, Rule } from "../rule";
import { listed, thing } from "../words";
import type { World } from "../world";
import { type Guarded, more, noLonger, propertyRule, texts, without } from "./properties";

const CLIENT = ["aws_cognito_user_pool_client", "aws_cognito_managed_user_pool_client"];

const client = (path: Guarded["path"], what: string, weaker: Guarded["weaker"]): Guarded => ({
  types: CLIENT,
  path,
  what,
  weaker,
});

/** The client of a pool that has people already: what the new client may do, it may do with all of them. */
function isNewForPeople(change: Change, world: World): boolean {
  if (!CLIENT.includes(change.type) || change.kind !== "create") return false;
  const pool = change.after("user_pool_id");
  return (
    typeof pool === "string" &&
    !world.of("aws_cognito_user_pool").some((one) => one.kind === "create" && one.after("id") === pool)
  );
}

export const existenceShown = propertyRule(
  { id: "existence-shown", reason: "Anybody can then ask, with any address, whether a person has an account." },
  [
    client(["prevent_user_existence_errors"], "whether errors say who exists", (before, after) =>
      before === "ENABLED" && after !== "ENABLED" ? "errors at sign-in say who exists" : undefined,
    ),
  ],
  (change, world) => {
    // Without a value, AWS takes LEGACY.
    if (!isNewForPeople(change, world) || change.after("prevent_user_existence_errors") === "ENABLED") return [];
    return [
      {
        text: `The new ${thing(change)} may say who exists in the pool: prevent_user_existence_errors is not ENABLED.`,
      },
    ];
  },
);

const DEFAULT_UNITS: Record<string, string> = { access_token: "hours", id_token: "hours", refresh_token: "days" };
const UNITS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
const SECONDS = new Map(Object.entries(UNITS));
const DEFAULT_LIFETIME: Record<string, number> = { access_token: 3600, id_token: 3600, refresh_token: 30 * 86_400 };

/** How long a token is valid, in seconds. Undefined if Terraform knows it only after the deployment. */
function lifetime(change: Change, when: "before" | "after", token: string): number | undefined {
  const value = change[when](`${token}_validity`);
  const unit = change[when]("token_validity_units", 0, token);
  if (value === UNKNOWN || unit === UNKNOWN) return undefined;
  const seconds = SECONDS.get(String(unit ?? DEFAULT_UNITS[token])) ?? 0;
  return typeof value === "number" && value > 0 ? value * seconds : (DEFAULT_LIFETIME[token] ?? 0);
}

export const tokensLonger = propertyRule(
  {
    id: "tokens-longer",
    reason: "Whoever steals a token has it for its whole life, and somebody who is removed stays signed in as long.",
  },
  [
    client(["enable_token_revocation"], "whether tokens can be revoked", noLonger("tokens can no longer be revoked")),
    client(
      ["auth_session_validity"],
      "how long a sign-in may take",
      more((before, after) => `a sign-in may take ${after} minutes instead of ${before}`, 3),
    ),
    client(["refresh_token_rotation", 0, "feature"], "the rotation of refresh tokens", (before, after) =>
      before === "ENABLED" && after !== "ENABLED" ? "a refresh token can be used again and again" : undefined,
    ),
    client(
      ["refresh_token_rotation", 0, "retry_grace_period_seconds"],
      "how long an old refresh token works",
      // Without rotation, it works until it expires.
      (before, after, change) =>
        change.before("refresh_token_rotation", 0, "feature") === "ENABLED"
          ? more((old, now) => `an old refresh token works for ${now} seconds instead of ${old}`)(before, after)
          : undefined,
    ),
  ],
  (change, world) => {
    if (isNewForPeople(change, world)) return newTokens(change);
    if (!CLIENT.includes(change.type) || (change.kind !== "update" && change.kind !== "replace")) return [];
    return Object.keys(DEFAULT_UNITS).flatMap((token): Problem[] => {
      const [before, after] = [lifetime(change, "before", token), lifetime(change, "after", token)];
      const name = token.replace("_", " ").replace("id ", "ID ");
      if (after === undefined || before === undefined) {
        return change.kind === "replace" || before === undefined
          ? []
          : [{ text: `How long the ${name} of the ${thing(change)} is valid is known only after the deployment.` }];
      }
      if (after <= before) return [];
      return [
        { text: `The ${thing(change)}: the ${name} is valid for ${duration(after)} instead of ${duration(before)}.` },
      ];
    });
  },
);

/** Of a client that people of the pool can use from now on. */
function newTokens(change: Change): Problem[] {
  const refresh = lifetime(change, "after", "refresh_token") ?? 0;
  const problems = [
    change.after("enable_token_revocation") === false && "its tokens cannot be revoked",
    refresh > (DEFAULT_LIFETIME.refresh_token ?? 0) && `the refresh token is valid for ${duration(refresh)}`,
  ];
  return problems
    .filter((text) => typeof text === "string")
    .map((text) => ({ text: `The new ${thing(change)}: ${text}.` }));
}

function duration(seconds: number): string {
  const [unit, length] = Object.entries(UNITS)
    .reverse()
    .find(([, length]) => seconds % length === 0) ?? ["seconds", 1];
  const count = seconds / length;
  return `${count.toLocaleString("en-GB")} ${count === 1 ? unit.slice(0, -1) : unit}`;
}

/** What of a list is more than before; for Cognito, no list means everything. */
function wider(before: unknown, after: unknown): string | undefined {
  if (texts(before).length === 0) return undefined;
  if (texts(after).length === 0) return "every attribute";
  const added = without(after, before);
  return added.length > 0 ? listed(added) : undefined;
}

export const attributesWidened = propertyRule(
  {
    id: "attributes-widened",
    reason:
      "People change what they may write with their own token, and an app that may read shows it to whoever has it.",
  },
  (["read", "write"] as const).map((right) =>
    client([`${right}_attributes`], `which attributes an app may ${right}`, (before, after) => {
      const added = wider(before, after);
      return added && `${added} can be ${right === "read" ? "read" : "written"} with a person's token`;
    }),
  ),
  (change, world) => {
    if (!isNewForPeople(change, world)) return [];
    const rights = ["read", "write"].filter((right) => {
      const after = change.after(`${right}_attributes`);
      return after === UNKNOWN ? world.isSet(change, `${right}_attributes`) === false : texts(after).length === 0;
    });
    return rights.length > 0 ? [{ text: `The new ${thing(change)} may ${listed(rights)} every attribute.` }] : [];
  },
);

export const callbackAdded = propertyRule(
  {
    id: "callback-added",
    reason: "Managed login sends people with their tokens to every callback address: one of a stranger gets them.",
  },
  [
    client(["callback_urls"], "the callback addresses", (before, after, change) => {
      const added = without(after, before);
      if (added.length === 0) return undefined;
      return `people can be sent to ${change.isSensitive("callback_urls") ? "another address" : listed(added)} after sign-in`;
    }),
  ],
  (change, world) => {
    const urls = texts(change.after("callback_urls"));
    if (urls.length === 0 || !isNewForPeople(change, world)) return [];
    const where = change.isSensitive("callback_urls") ? "an address" : listed(urls);
    return [{ text: `The new ${thing(change)} can send people of the pool to ${where} after sign-in.` }];
  },
);

export const oauthWidened = propertyRule(
  { id: "oauth-widened", reason: "More grants and scopes mean that a token can do more, or travels in an address." },
  [
    client(["allowed_oauth_flows"], "the OAuth grants", (before, after) => {
      const added = without(after, before).filter((flow) => flow !== "code");
      return added.length > 0 ? `the OAuth grant ${listed(added)} is allowed` : undefined;
    }),
    client(["allowed_oauth_scopes"], "the OAuth scopes", (before, after) => {
      const added = without(after, before);
      return texts(before).length > 0 && added.length > 0 ? `the scope ${listed(added)} is allowed` : undefined;
    }),
  ],
  (change, world) =>
    isNewForPeople(change, world) && texts(change.after("allowed_oauth_flows")).includes("implicit")
      ? [{ text: `The new ${thing(change)} sends tokens of the pool's people in an address.` }]
      : [],
);

export const clientRules: Rule[] = [existenceShown, tokensLonger, attributesWidened, callbackAdded, oauthWidened];
