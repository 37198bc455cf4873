import {
  AuthFlowType,
  ChallengeNameType,
  DeliveryMediumType,
  MessageActionType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { NormalizedSchema } from "@smithy/core/schema";
import { constraint } from "../exceptions";
import { isObject, isText } from "../json";
import { type RawRequest, schemaOf } from "./request";

/** What Cognito's service model says about a member, beside its type. The SDK for JavaScript does not know it. */
interface Rule {
  /** The fewest characters of a text, or the smallest number. */
  readonly least?: number;
  /** The most characters of a text, or the largest number. */
  readonly most?: number;
  /** As AWS writes it. The whole text must match. */
  readonly pattern?: string;
  readonly values?: Readonly<Record<string, string>>;
}

const token: Rule = { pattern: "[A-Za-z0-9-_=.]+" };
const code: Rule = { least: 1, most: 2048, pattern: String.raw`[\S]+` };
const page: Rule = { least: 1, most: 131_072, pattern: String.raw`[\S]+` };
const attributeName: Rule = { least: 1, most: 32, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+` };
const text: Rule = { most: 131_072 };

/**
 * The rules by the names of the members, which mean the same in every operation. The rules of user names and passwords
 * are in pools/, because not only members of these names hold them.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
 */
const rules: Readonly<Record<string, Rule>> = {
  UserPoolId: { least: 1, most: 55, pattern: String.raw`[\w-]+_[0-9a-zA-Z]+` },
  ClientId: { least: 1, most: 128, pattern: String.raw`[\w+]+` },
  SecretHash: { least: 1, most: 128, pattern: String.raw`[\w+=/]+` },
  Session: { least: 20, most: 2048 },
  AccessToken: token,
  RefreshToken: token,
  Token: token,
  ConfirmationCode: code,
  Code: code,
  UserCode: { least: 6, most: 6, pattern: "[0-9]+" },
  FriendlyDeviceName: text,
  AuthFlow: { values: AuthFlowType },
  AuthParameters: text,
  ChallengeName: { values: ChallengeNameType },
  ChallengeResponses: text,
  ClientMetadata: text,
  MessageAction: { values: MessageActionType },
  DesiredDeliveryMediums: { values: DeliveryMediumType },
  // Of an attribute, as UserAttributes and ValidationData have them.
  Name: attributeName,
  Value: { most: 2048 },
  AttributeName: attributeName,
  AttributesToGet: attributeName,
  UserAttributeNames: attributeName,
  GroupName: { least: 1, most: 128, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+` },
  Filter: { most: 256 },
  Limit: { least: 0, most: 60 },
  NextToken: page,
  PaginationToken: page,
  ProviderName: { least: 1, most: 32, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+` },
  ProviderAttributeName: text,
  ProviderAttributeValue: text,
};

/**
 * Checks that a request keeps to Cognito's service model. AWS refuses what breaks it before it looks anything up, in
 * these words.
 */
export function checkConstraints(operation: string, input: RawRequest): void {
  for (const [name, path, value] of leavesOf(schemaOf(operation), "", "", input)) {
    const rule = rules[name];
    const fault = rule && faultIn(rule, value);
    if (fault) throw constraint(path, fault);
  }
}

/** Every text and number of a request: the member that it is of, AWS's path to it, and the value. */
function* leavesOf(
  schema: NormalizedSchema,
  name: string,
  path: string,
  value: unknown,
): Generator<[name: string, path: string, value: unknown]> {
  if (schema.isStructSchema() && isObject(value)) {
    for (const [member, inner] of schema.structIterator()) {
      if (!Object.hasOwn(value, member)) continue;
      const own = `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
      yield* leavesOf(inner, member, path ? `${path}.${own}` : own, value[member]);
    }
  } else if (schema.isListSchema() && Array.isArray(value)) {
    for (const [index, item] of value.entries())
      yield* leavesOf(schema.getValueSchema(), name, `${path}.${index + 1}.member`, item);
  } else if (schema.isMapSchema() && isObject(value)) {
    for (const part of Object.entries(value).flat()) yield [name, path, part];
  } else yield [name, path, value];
}

function faultIn({ least, most, pattern, values }: Rule, value: unknown): string | undefined {
  const what = isText(value) ? "length" : "value";
  // Cognito counts characters, and JavaScript the halves of some.
  const size = isText(value) ? [...value].length : Number(value);
  if (least !== undefined && size < least) return `have ${what} greater than or equal to ${least}`;
  if (most !== undefined && size > most) return `have ${what} less than or equal to ${most}`;
  if (pattern && !new RegExp(`^(?:${pattern})$`, "u").test(String(value)))
    return `satisfy regular expression pattern: ${pattern}`;
  if (values && !Object.values(values).includes(String(value)))
    return `satisfy enum value set: [${Object.values(values).join(", ")}]`;
  return undefined;
}
