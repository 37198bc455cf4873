import * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { NormalizedSchema } from "@smithy/core/schema";
import { constraint, exception } from "../exceptions";
import { fromJson, isFlag, isObject, isText, isWellFormed } from "../json";

type Sdk = typeof Cognito;

/** The operations of the Cognito API, as the AWS SDK has them. */
export type OperationName = {
  [K in keyof Sdk]: K extends `${infer Name}Command` ? Exclude<Name, "$"> : never;
}[keyof Sdk];

/** The SDK's type for the request of an operation. */
export type RequestOf<Name extends OperationName> = ConstructorParameters<Sdk[`${Name}Command`]>[0];

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

/** A request of which nothing is known, but that each member has the right type. */
export type RawRequest = Readonly<Record<string, unknown>>;

/** A request whose required members are there. The SDK's own types let every member be undefined. */
export type Checked<Request> = {
  readonly [K in keyof Request]: object extends Pick<Request, K> ? Request[K] : NonNullable<Request[K]>;
};

/** Whether a value has the type that the AWS SDK's model names, with all that is in it. */
function fits(schema: NormalizedSchema, value: unknown): boolean {
  if (schema.isStructSchema())
    return isObject(value) && memberFaults(schema, value).length === 0 && !Object.values(value).includes(null);
  if (schema.isListSchema()) return Array.isArray(value) && value.every((item) => fits(schema.getValueSchema(), item));
  if (schema.isMapSchema())
    return isObject(value) && Object.values(value).every((item) => fits(schema.getValueSchema(), item));
  if (schema.isBooleanSchema()) return isFlag(value);
  if (schema.isNumericSchema()) return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
  if (schema.isTimestampSchema()) return isText(value) || Number.isFinite(value);
  return isText(value);
}

/** The names of the members that have the wrong type. Members that the model does not know are not looked at. */
const memberFaults = (schema: NormalizedSchema, input: RawRequest): string[] =>
  [...schema.structIterator()].flatMap(([name, member]) =>
    Object.hasOwn(input, name) && input[name] !== null && !fits(member, input[name]) ? [name] : [],
  );

const models = new Map<string, unknown>(Object.entries(Cognito));

/** The AWS SDK's model of an operation's request. */
export const schemaOf = (operation: string): NormalizedSchema =>
  NormalizedSchema.of(models.get(`${operation}Request$`) as SchemaRef);

/** Bytes that are no UTF-8 are no text: replaced by a sign for "unknown", two names could become one. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function objectIn(body: Buffer): RawRequest {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw malformed("The request is not UTF-8.");
  }
  const input = fromJson(text);
  if (!isObject(input)) throw malformed("The request is not a JSON object.");
  return input;
}

/** Reads the body of a request, checks the type of each member, and leaves out members that Cognito does not know. */
export function parse(operation: string, body: Buffer): RawRequest {
  const input = objectIn(body);
  if (!isWellFormed(input))
    throw malformed("The request contains half a character: a surrogate without the other one.");
  const schema = schemaOf(operation);
  const [fault] = memberFaults(schema, input);
  if (fault) throw malformed(`${fault} is not of the right type.`);
  const known = [...schema.structIterator()].map(([name]) => name);
  return Object.fromEntries(
    known.filter((name) => (input[name] ?? undefined) !== undefined).map((name) => [name, input[name]]),
  );
}

/** The same, for a request that the emulator gets as it is: it would store what is null. */
export function parseForEmulator(operation: string, body: Buffer): RawRequest {
  const input = parse(operation, body);
  const [empty] = Object.entries(objectIn(body)).find(([, value]) => value === null) ?? [];
  if (empty !== undefined) throw malformed(`${empty} is null: leave it out.`);
  return input;
}

const malformed = (message: string) => exception("SerializationException", message);

/** Checks that the members are there which the operation needs. The errors are in the words of AWS's validation. */
export function requireMembers<Request extends object>(
  input: RawRequest,
  needs: readonly string[],
): asserts input is RawRequest & Request {
  for (const name of needs) {
    const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    if (input[name] === undefined) throw constraint(member, "not be null");
    if (input[name] === "" && name !== "Password") throw constraint(member, "have length greater than or equal to 1");
  }
}
