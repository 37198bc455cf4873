import { constraint, refusal } from "./errors";

/** What a text says as JSON; undefined where it says nothing. */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === "string";
export const isTextRecord = (value: unknown): value is Record<string, string> =>
  isObject(value) && Object.values(value).every(isText);
export const isTextList = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const isPairs = (value: unknown) =>
  Array.isArray(value) && value.every((pair) => isTextRecord(pair) && isText(pair.Name));
const isFlag = (value: unknown) => typeof value === "boolean";

/** The members that handlers look at and that are no plain text; whatever else is sent is ignored. */
const shapes = new Map<string, (value: unknown) => boolean>([
  ["AnalyticsMetadata", isObject],
  ["AttributesToGet", isTextList],
  ["AuthParameters", isTextRecord],
  ["ChallengeResponses", isTextRecord],
  ["ClientMetadata", isTextRecord],
  ["ContextData", isObject],
  ["DesiredDeliveryMediums", isTextList],
  ["ForceAliasCreation", isFlag],
  ["Limit", Number.isInteger],
  ["Permanent", isFlag],
  ["UserAttributes", isPairs],
  ["UserContextData", isObject],
  ["UserAttributeNames", isTextList],
  ["ValidationData", isPairs],
]);

/** A request as it was sent, of which every member has the type it should have. */
export type Input = Readonly<Record<string, unknown>> & {
  readonly [Name in "AccessToken" | "ClientId" | "SecretHash" | "UserPoolId" | "Username"]?: string;
};

/** A request of which is known that what its operation needs is there. */
export type Checked<T> = {
  readonly [K in keyof T]: undefined extends T[K] ? (object extends Pick<T, K> ? T[K] : NonNullable<T[K]>) : T[K];
};

/** Reads the body of a request, and refuses it where a member is not of its type. */
export function parse(body: Buffer): Input {
  const input = fromJson(body.toString());
  if (!isObject(input)) throw malformed("The request is not a JSON object.");
  const given = Object.entries(input).filter(([, value]) => value !== null);
  for (const [name, value] of given)
    if (!(shapes.get(name) ?? isText)(value)) throw malformed(`${name} is not of the right type.`);
  return Object.fromEntries(given);
}

const malformed = (message: string) => refusal("SerializationException", message);

/** Refuses a request without what its operation needs, in the words of AWS's validation. */
export function checkNeeds(needs: readonly string[], input: Record<string, unknown>): void {
  for (const name of needs) {
    const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    if (input[name] === undefined) throw constraint(member, "not be null");
    if (input[name] === "" && name !== "Password") throw constraint(member, "have length greater than or equal to 1");
  }
}
