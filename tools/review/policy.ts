import { isObject } from "./change";

// Compares IAM policies by what they allow. Where it cannot be sure, it says that a policy allows more.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html

/** One statement of a policy. A list that is undefined is not in the statement. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  /** Each as `StringEquals aws:SourceAccount`, with its values. */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
}

/** The statements of a policy document. Undefined if it is none. */
export function statementsOf(policy: unknown): Statement[] | undefined {
  let document: unknown = policy;
  if (typeof policy === "string") {
    try {
      document = JSON.parse(policy);
    } catch {
      return undefined;
    }
  }
  if (!isObject(document)) return undefined;
  const { Statement = [] } = document;
  const statements = (Array.isArray(Statement) ? Statement : [Statement]).map(statementOf);
  return statements.every((statement) => statement !== undefined) ? statements : undefined;
}

function statementOf(statement: unknown): Statement | undefined {
  if (!isObject(statement)) return undefined;
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") return undefined;
  const conditions = new Map<string, string[]>();
  for (const [operator, keys] of Object.entries(isObject(Condition) ? Condition : {})) {
    for (const [key, values] of Object.entries(isObject(keys) ? keys : {})) {
      conditions.set(`${operator} ${key.toLowerCase()}`, texts(values) ?? []);
    }
  }
  return {
    effect: Effect,
    actions: texts(Action)?.map((action) => action.toLowerCase()),
    notActions: texts(NotAction)?.map((action) => action.toLowerCase()),
    resources: texts(Resource),
    notResources: texts(NotResource),
    principals: principals(Principal),
    notPrincipals: principals(NotPrincipal),
    conditions,
  };
}

function texts(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return (Array.isArray(value) ? value : [value]).map(String).sort();
}

function principals(value: unknown): string[] | undefined {
  if (value === "*") return ["*"];
  if (!isObject(value)) return texts(value);
  return Object.entries(value)
    .flatMap(([kind, names]) =>
      (texts(names) ?? []).map((name) => (name === "*" ? "*" : `${kind}:${accountRoot(name)}`)),
    )
    .sort();
}

/** For AWS, the number of an account and its root are one principal. */
const accountRoot = (name: string) => (/^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name);

/** What allows more than before: each a statement for one action, or one that denies no longer. */
export interface Widening {
  readonly kind: "allows" | "no longer denies";
  readonly statement: Statement;
  /** The action that is new, or everything. */
  readonly action: string;
}

/** What `after` allows and `before` did not. */
export function widenings(before: readonly Statement[], after: readonly Statement[]): Widening[] {
  return [
    ...beyond(ofEffect(before, "Allow"), ofEffect(after, "Allow")).map((one) => ({ kind: "allows" as const, ...one })),
    ...beyond(ofEffect(after, "Deny"), ofEffect(before, "Deny")).map((one) => ({
      kind: "no longer denies" as const,
      ...one,
    })),
  ];
}

const ofEffect = (statements: readonly Statement[], effect: Statement["effect"]) =>
  statements.filter((statement) => statement.effect === effect);

/** The parts of `statements` that no statement of `limits` covers. */
function beyond(limits: readonly Statement[], statements: readonly Statement[]) {
  return statements.flatMap((statement) =>
    parts(statement)
      .filter((part) => !limits.some((limit) => covers(limit, part)))
      .slice(0, 1)
      .map((part) => ({ statement, action: part.actions?.[0] ?? "everything but what it names" })),
  );
}

/** A statement for each action, resource and principal: each may be in another statement of the other policy. */
function parts(statement: Statement): Statement[] {
  const each = (list: readonly string[] | undefined) => list?.map((item) => [item]) ?? [undefined];
  return each(statement.actions).flatMap((actions) =>
    each(statement.resources).flatMap((resources) =>
      each(statement.principals).map((principals) => ({ ...statement, actions, resources, principals })),
    ),
  );
}

/** Whether everything that `part` speaks of, `limit` speaks of too. */
function covers(limit: Statement, part: Statement): boolean {
  return (
    within(part.actions, part.notActions, limit.actions, limit.notActions) &&
    within(part.resources, part.notResources, limit.resources, limit.notResources) &&
    within(part.principals, part.notPrincipals, limit.principals, limit.notPrincipals) &&
    [...limit.conditions].every(([name, values]) => narrower(name, values, part))
  );
}

function within(
  names: readonly string[] | undefined,
  notNames: readonly string[] | undefined,
  limits: readonly string[] | undefined,
  notLimits: readonly string[] | undefined,
): boolean {
  if (limits) {
    // A list of exceptions is never inside of a list, but for the list of everything.
    if (!names) return notNames ? limits.includes("*") : false;
    return names.every((name) => limits.some((limit) => matches(limit, name)));
  }
  if (notLimits) {
    if (notNames) return notLimits.every((limit) => notNames.some((name) => matches(name, limit)));
    return names?.every((name) => notLimits.every((limit) => !mayMeet(limit, name))) ?? false;
  }
  // Neither is in the limit, as in the policy of a role, which has no principals.
  return names === undefined && notNames === undefined;
}

/**
 * Whether the conditions of `part` let through no more than the one with this name and these values. `IfExists` lets
 * through a request without the key, too. Without a star, `Like` and `Equals` are the same.
 */
function narrower(name: string, limits: readonly string[], part: Statement): boolean {
  const [operator = "", key = ""] = name.split(" ");
  const exact = operator.replace(/IfExists$/, "");
  const operators = [operator, exact, exact.replace("Like", "Equals"), exact.replace("Equals", "Like")];
  return operators.some((one) => {
    const values = part.conditions.get(`${one} ${key}`);
    const isPattern = one.includes("Like") && exact.includes("Equals") && values?.some((value) => /[*?]/.test(value));
    return !isPattern && narrows(`${exact} ${key}`, values, limits);
  });
}

/** What a condition can ask of who calls. */
const CALLER =
  /^(aws:(principal(arn|account|orgid|orgpaths)|source(arn|account|orgid|ip|vpc|vpce)|userid|principaltag\/.*)|kms:(calleraccount|viaservice)|s3:dataaccesspointaccount)$/;

/** Whether a condition lets only some callers through. */
export function namesCaller(name: string, values: readonly string[]): boolean {
  const [operator = "", key = ""] = name.split(" ");
  const isPositive = /^(String|Arn|IpAddress)/.test(operator) && !/Not|IfExists$/.test(operator);
  return (
    isPositive &&
    CALLER.test(key) &&
    values.length > 0 &&
    values.every((value) => !/^\*+$|^0\.0\.0\.0\/0$|^::\/0$/.test(value))
  );
}

/** Whether a condition with these values lets through no more than one with those. */
function narrows(name: string, values: readonly string[] | undefined, limits: readonly string[]): boolean {
  if (!values) return false;
  const negative = /Not|^Null /.test(name);
  if (negative)
    return JSON.stringify(values) === JSON.stringify(limits) || limits.every((limit) => values.includes(limit));
  const like = /Like|Arn/.test(name);
  return values.every((value) => limits.some((limit) => (like ? matches(limit, value) : limit === value)));
}

/** Whether a pattern of IAM, with `*` and `?`, matches a text. The text may be a pattern that matches less. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === text || pattern === "*") return true;
  // Without a regular expression: a pattern of many stars would take for ever.
  let [p, t, star, from] = [0, 0, -1, 0];
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      from = t;
    } else if (p < pattern.length && (pattern[p] === text[t] || (pattern[p] === "?" && text[t] !== "*"))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++from;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

const mayMeet = (one: string, other: string) =>
  matches(one, other) || matches(other, one) || (/[*?]/.test(one) && /[*?]/.test(other));

/** Whether a statement allows every action of a service, or works on everything. */
export function isUnlimited({ effect, actions, notActions, resources }: Statement): boolean {
  if (effect === "Deny") return false;
  if (notActions !== undefined || actions?.some((action) => /^\*$|^[\w-]+:\*$/.test(action))) return true;
  return resources?.includes("*") ?? false;
}
