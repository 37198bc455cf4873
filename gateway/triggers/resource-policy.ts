/** One or several, as policy documents have it. */
type Many<T> = T | readonly T[];

export interface Statement {
  readonly Effect: string;
  readonly Principal?: string | Readonly<Record<string, Many<string>>>;
  readonly Action?: Many<string>;
  readonly Resource?: Many<string>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Many<string>>>>>;
}

export interface Policy {
  readonly Statement: Many<Statement>;
}

/** Who asks for what: a service, on behalf of the resource and account in `context`. */
export interface Request {
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys in lower case. */
  readonly context: Readonly<Record<string, string>>;
}

/**
 * Whether a resource policy lets a service in: one statement must allow, and none may deny.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows(policy: Policy | undefined, request: Request): boolean {
  const matching = list(policy?.Statement).filter((statement) => applies(statement, request));
  return matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny");
}

function applies(statement: Statement, request: Request): boolean {
  const { Principal, Action, Resource, Condition } = statement;
  const principals =
    typeof Principal === "object" ? [...list(Principal.Service), ...list(Principal["*"])] : list(Principal);
  return (
    principals.some((principal) => principal === "*" || principal === request.service) &&
    list(Action).some((action) => like(action.toLowerCase(), request.action.toLowerCase())) &&
    list(Resource).some((resource) => like(resource, request.resource)) &&
    conditionsHold(Condition ?? {}, request.context, statement.Effect === "Deny")
  );
}

type Test = (pattern: string, value: string) => boolean;
const same: Test = (pattern, value) => pattern === value;
const sameText: Test = (pattern, value) => pattern.toLowerCase() === value.toLowerCase();

const tests: Readonly<Record<string, Test>> = {
  StringEquals: same,
  StringEqualsIgnoreCase: sameText,
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
};

/** An operator that is not known here makes an allowance fail and a denial hold. */
function conditionsHold(
  conditions: NonNullable<Statement["Condition"]>,
  context: Request["context"],
  whenUnknown: boolean,
): boolean {
  return Object.entries(conditions).every(([written, keys]) => {
    const optional = written.endsWith("IfExists");
    const operator = optional ? written.slice(0, -"IfExists".length) : written;
    const negated = /^(String|Arn)Not/.test(operator);
    const test = tests[negated ? operator.replace("Not", "") : operator];
    if (!test) return whenUnknown;
    return Object.entries(keys).every(([key, patterns]) => {
      const value = context[key.toLowerCase()];
      if (value === undefined) return optional || negated;
      return list(patterns).some((pattern) => test(pattern, value)) !== negated;
    });
  });
}

/** `*` stands for any characters and `?` for one. */
function like(pattern: string, value: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replace(/\*/g, "[^]*").replace(/\?/g, "[^]")}$`).test(value);
}

/** Part by part, so that a `*` never reaches over a colon; the resource, the sixth part, is one. */
function arnLike(pattern: string, value: string): boolean {
  const [patterns, values] = [arnParts(pattern), arnParts(value)];
  return patterns.length === values.length && patterns.every((part, i) => like(part, values[i] ?? ""));
}

function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function list<T>(value: Many<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}
