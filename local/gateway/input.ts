import { constraint, refusal } from "./errors";

const isText = (value: unknown) => typeof value === "string";
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const isTexts = (value: unknown) =>
  isObject(value) && !Array.isArray(value) && Object.values(value).every(isText);
const isList = (value: unknown) => Array.isArray(value) && value.every(isText);
const isPairs = (value: unknown) =>
  Array.isArray(value) && value.every((pair) => isTexts(pair) && isText(pair.Name));
const isFlag = (value: unknown) => typeof value === "boolean";

/** The members that handlers look at and that are no plain text; whatever else is sent is ignored. */
const shapes = new Map<string, (value: unknown) => boolean>([
  ["AnalyticsMetadata", isObject],
  ["AttributesToGet", isList],
  ["AuthParameters", isTexts],
  ["ChallengeResponses", isTexts],
  ["ClientMetadata", isTexts],
  ["ContextData", isObject],
  ["DesiredDeliveryMediums", isList],
  ["ForceAliasCreation", isFlag],
  ["Limit", Number.isInteger],
  ["Permanent", isFlag],
  ["UserAttributes", isPairs],
  ["UserContextData", isObject],
  ["ValidationData", isPairs],
]);

/** Reads the body of a request, and refuses it where a member is not of its type. */
export function parse(body: Buffer): Record<string, unknown> {
  const input = fromJson(body);
  if (!isObject(input) || Array.isArray(input))
    throw malformed("The request is not a JSON object.");
  const given = Object.entries(input).filter(([, value]) => value !== null);
  for (const [name, value] of given)
    if (!(shapes.get(name) ?? isText)(value)) throw malformed(`${name} is not of the right type.`);
  return Object.fromEntries(given);
}

function fromJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

const malformed = (message: string) => refusal("SerializationException", message);

/** Refuses a request without what its operation needs, in the words of AWS's validation. */
export function checkNeeds(needs: readonly string[], input: Record<string, unknown>): void {
  for (const name of needs) {
    const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    if (input[name] === undefined) throw constraint(member, "not be null");
    if (input[name] === "" && name !== "Password")
      throw constraint(member, "have length greater than or equal to 1");
  }
}
