import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { constraint, exception } from "../exceptions";
import { fromJson, isFlag, isObject, isText, isTextList, isTextRecord } from "../json";

type Sdk = typeof Cognito;

/** The operations of the Cognito API, as the AWS SDK has them. */
export type OperationName = {
  [K in keyof Sdk]: K extends `${infer Name}Command` ? Exclude<Name, "$"> : never;
}[keyof Sdk];

/** The SDK's type for the request of an operation. */
export type RequestOf<Name extends OperationName> = ConstructorParameters<Sdk[`${Name}Command`]>[0];

type MemberName = { [Name in OperationName]: keyof RequestOf<Name> }[OperationName];

/** A request of which nothing is known, but that each member has the right type. */
export type RawRequest = Readonly<Record<string, unknown>>;

/** A request whose required members are there. The SDK's own types let every member be undefined. */
export type Checked<Request> = {
  readonly [K in keyof Request]: object extends Pick<Request, K> ? Request[K] : NonNullable<Request[K]>;
};

const isAttributeList = (value: unknown) =>
  Array.isArray(value) && value.every((pair) => isTextRecord(pair) && isText(pair.Name));

/** The types of the members that operations read. Every other member is a text. */
const types: Readonly<Partial<Record<MemberName, (value: unknown) => boolean>>> = {
  AnalyticsMetadata: isObject,
  AttributesToGet: isTextList,
  AuthParameters: isTextRecord,
  ChallengeResponses: isTextRecord,
  ClientMetadata: isTextRecord,
  ContextData: isObject,
  DesiredDeliveryMediums: isTextList,
  ForceAliasCreation: isFlag,
  Limit: Number.isInteger,
  Permanent: isFlag,
  UserAttributes: isAttributeList,
  UserContextData: isObject,
  UserAttributeNames: isTextList,
  ValidationData: isAttributeList,
};
const typeOf = new Map(Object.entries(types));

/** Reads the body of a request, and checks the type of each member. */
export function parse(body: Buffer): RawRequest {
  const input = fromJson(body.toString());
  if (!isObject(input)) throw malformed("The request is not a JSON object.");
  const members = Object.entries(input).filter(([, value]) => value !== null);
  for (const [name, value] of members)
    if (!(typeOf.get(name) ?? isText)(value)) throw malformed(`${name} is not of the right type.`);
  return Object.fromEntries(members);
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
