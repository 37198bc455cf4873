import { randomBytes, randomUUID } from "node:crypto";
import { type Identity, identitiesIn } from "../shared/identities";
import { type CallOptions, callService, ServiceError } from "../shared/service";
import { isUserName } from "../shared/users";
import { isSameAddress, type ProvenIdentity } from "./trust";

/** A user of the pool, as far as linking looks at it. */
export interface Profile {
  readonly userName: string;
  readonly enabled: boolean;
  readonly status: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly hasSecondFactor: boolean;
}

interface Described {
  readonly Username?: string;
  readonly Enabled?: boolean;
  readonly UserStatus?: string;
  readonly Attributes?: readonly Attribute[];
  readonly UserAttributes?: readonly Attribute[];
  readonly UserMFASettingList?: readonly string[];
}
interface Attribute {
  readonly Name: string;
  readonly Value?: string;
}

/** What has the address already, and so refuses a new profile. */
const TAKEN = ["UsernameExistsException", "AliasExistsException"];

/** Creating a profile runs this function once more, which may have to start first. In milliseconds. */
const CREATION = 3000;

/** More pages of one address than this are read by nobody. */
const MOST_PAGES = 3;

const cognito = <Answer>(operation: string, input: object, options?: CallOptions) =>
  callService<Answer>("cognito-idp", `AWSCognitoIdentityProviderService.${operation}`, input, options);

const isError = (error: unknown, ...names: string[]) => error instanceof ServiceError && names.includes(error.name);

/**
 * Everybody who has this address, verified or not. AdminGetUser finds who signs in with it, whatever the case, and
 * without delay. ListUsers finds the others, and those from providers, in these spellings.
 * @returns undefined where there are too many to tell
 */
export async function profilesWith(UserPoolId: string, email: string): Promise<Profile[] | undefined> {
  if (!isUserName(email)) return undefined;
  const spellings = [...new Set([email, email.toLowerCase()])];
  const [owner, ...lists] = await Promise.all([
    profileOf(UserPoolId, email),
    ...spellings.map((spelling) => listed(UserPoolId, spelling)),
  ]);
  if (lists.includes(undefined)) return undefined;
  // The owner comes last, since only AdminGetUser knows of second factors.
  const all = [...lists.flatMap((list) => list ?? []), ...(owner ? [owner] : [])];
  const isSame = ({ attributes }: Profile) => isSameAddress(attributes.email ?? "", email);
  return [...new Map(all.map((profile) => [profile.userName, profile])).values()].filter(isSame);
}

async function profileOf(UserPoolId: string, Username: string): Promise<Profile | undefined> {
  try {
    return described(await cognito<Described>("AdminGetUser", { UserPoolId, Username }));
  } catch (error) {
    if (isError(error, "UserNotFoundException")) return undefined;
    throw error;
  }
}

async function listed(UserPoolId: string, email: string): Promise<Profile[] | undefined> {
  const found: Profile[] = [];
  let PaginationToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const input = { UserPoolId, Filter: `email = "${email}"`, PaginationToken };
    const answer = await cognito<{ Users?: Described[]; PaginationToken?: string }>("ListUsers", input);
    found.push(...(answer.Users ?? []).map(described));
    PaginationToken = answer.PaginationToken;
    if (!PaginationToken) return found;
  }
  return undefined;
}

const described = (user: Described): Profile => ({
  userName: user.Username ?? "",
  enabled: user.Enabled === true,
  status: user.UserStatus ?? "",
  attributes: Object.fromEntries(
    (user.UserAttributes ?? user.Attributes ?? []).map(({ Name, Value = "" }) => [Name, Value]),
  ),
  hasSecondFactor: (user.UserMFASettingList ?? []).length > 0,
});

/** The people at providers who sign in with a profile. */
export const identitiesOf = ({ attributes }: Profile): readonly Identity[] => identitiesIn(attributes.identities);

/** Whether a sign-in through a provider has made the profile. It has no password, and cannot get one. */
export function isFromProvider(profile: Profile): boolean {
  const identities = identitiesOf(profile);
  if (identities.length === 0) return profile.status === "EXTERNAL_PROVIDER";
  return identities.some(({ primary }) => primary);
}

/** Makes a profile with a proven address. It makes none where somebody has the address as a name. */
export async function createProfile(UserPoolId: string, email: string, signIn: string): Promise<void> {
  const UserAttributes = [
    { Name: "email", Value: email },
    { Name: "email_verified", Value: "true" },
  ];
  const Username = signIn === "email" ? email : randomUUID();
  const input = { UserPoolId, Username, UserAttributes, MessageAction: "SUPPRESS" };
  try {
    await cognito("AdminCreateUser", input, { deadline: CREATION });
  } catch (error) {
    if (!isError(error, ...TAKEN)) throw error;
  }
}

/**
 * Gives a profile a password that nobody knows. It takes the place of an invitation's, and without it Cognito would not
 * send a code for a forgotten password. It has every kind of character, and is as long as any policy asks for.
 */
export const setUnknownPassword = (UserPoolId: string, Username: string) =>
  cognito("AdminSetUserPassword", {
    UserPoolId,
    Username,
    Password: `Aa1-${randomBytes(72).toString("base64url")}`,
    Permanent: true,
  });

/**
 * Lets a person at a provider sign in with a profile.
 * @returns whether the person can; a profile has five at most
 */
export async function addIdentity(
  UserPoolId: string,
  userName: string,
  { provider, subject }: ProvenIdentity,
): Promise<boolean> {
  try {
    await cognito("AdminLinkProviderForUser", {
      UserPoolId,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: userName },
      SourceUser: identifier(provider, subject),
    });
    return true;
  } catch (error) {
    if (isError(error, "LimitExceededException")) return false;
    // Cognito repeats a trigger that was too slow.
    if (isError(error, "InvalidParameterException") && /already linked to DestinationUser/i.test(messageOf(error)))
      return true;
    throw error;
  }
}

/** Takes a person at a provider from the profile again. */
export const removeIdentity = (UserPoolId: string, { provider, subject }: ProvenIdentity) =>
  cognito("AdminDisableProviderForUser", { UserPoolId, User: identifier(provider, subject) });

const identifier = (ProviderName: string, ProviderAttributeValue: string) => ({
  ProviderName,
  ProviderAttributeName: "Cognito_Subject",
  ProviderAttributeValue,
});

const messageOf = (error: unknown): string =>
  (error instanceof ServiceError && error.answer<{ message?: string } | undefined>()?.message) || "";
