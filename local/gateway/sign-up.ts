import { randomUUID } from "node:crypto";
import type {
  AdminConfirmSignUpRequest,
  CodeDeliveryDetailsType,
  ConfirmSignUpRequest,
  ResendConfirmationCodeRequest,
  SignUpRequest,
  SignUpResponse,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { checkSecret, hidesUsers } from "./client";
import { countingMismatches, deliveryTo, expiredCode, newCode, useCode } from "./codes";
import { atClient, type Context, type InPool } from "./context";
import { invalidParameter, notAuthorized, refusal, userNotFound } from "./errors";
import { mail } from "./mail";
import {
  type Attributes,
  attributeOfName,
  canonical,
  checkPassword,
  checkSchema,
  checkWritable,
  overwritten,
  toRecord,
} from "./pool";
import { simulatedDelivery } from "./simulated";
import { makeVerifier } from "./srp";
import { key } from "./store";
import { flag, runTrigger, type TriggerEvent } from "./triggers";
import { addUser, changeUser, chosen, findUser, named, nameTaken, type User } from "./users";

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
export async function signUp(context: Context, input: SignUpRequest): Promise<SignUpResponse> {
  const { ClientId = "", Username = "", Password = "" } = input;
  const at = await atClient(context, ClientId);
  checkSecret(at.client, [Username], input.SecretHash);
  if (at.pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly)
    throw notAuthorized("SignUp is not permitted for this user pool");
  const given = toRecord(input.UserAttributes);
  checkWritable(at.client, Object.keys(given));
  const { username, sub, attributes } = newIdentity(at.pool, Username, given);
  checkPassword(at.pool, Password);

  return holdingNames(at, Username, attributes, async () => {
    const request = {
      userAttributes: attributes,
      validationData: input.ValidationData?.length ? toRecord(input.ValidationData) : null,
      ...(input.ClientMetadata ? { clientMetadata: input.ClientMetadata } : {}),
    };
    const flags = await preSignUp(at, {
      source: "PreSignUp_SignUp",
      userName: username,
      clientId: ClientId,
      request,
    });
    const confirmed = flags.autoConfirmUser;
    const sent = confirmed ? undefined : codeFor(at.pool, sub, attributes);
    const now = Date.now();
    await addUser(at, {
      username,
      sub,
      status: confirmed ? "CONFIRMED" : "UNCONFIRMED",
      enabled: true,
      attributes: { ...overwritten({}, attributes), ...verified(flags, attributes) },
      password: makeVerifier(at.poolId, username, Password),
      codes: sent ? { signUp: sent.code } : {},
      created: now,
      modified: now,
    });
    if (sent) await mail(at, "code", sent.to, sent.digits, Username);
    return {
      UserConfirmed: confirmed,
      UserSub: sub,
      ...(sent ? { CodeDeliveryDetails: deliveryTo(sent.to) } : {}),
    };
  });
}

/** The name, id and attributes of a user to be: where people sign in with an address, the id is the name. */
export function newIdentity(pool: UserPoolType, typed: string, given: Attributes) {
  const attribute = attributeOfName(pool, typed);
  const attributes = attribute ? { ...given, [attribute]: typed } : given;
  if (attribute && given[attribute] && given[attribute] !== typed)
    throw invalidParameter(
      `User ${attribute === "email" ? "email" : "phone number"} should be empty or same as username, since username attribute is ${attribute}.`,
    );
  checkSchema(pool, attributes, attributes, false);
  const sub = randomUUID();
  return { username: attribute ? sub : canonical(pool, typed), sub, attributes };
}

/** Of several sign-ups for one name, the first wins before the trigger of the second runs. */
export function holdingNames<T>(
  at: InPool,
  typed: string,
  { email, phone_number: phone }: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  const names = [typed, email, phone].filter((name) => name !== undefined);
  const locks = names.map((name) => key("name", at.poolId, canonical(at.pool, name)));
  return at.store.locked(locks, async () => {
    if (findUser(at, typed)) throw nameTaken(at);
    return work();
  });
}

const flagNames = ["autoConfirmUser", "autoVerifyEmail", "autoVerifyPhone"] as const;
export type PreSignUpFlags = Record<(typeof flagNames)[number], boolean>;

/** Asks the pre sign-up trigger, which may refuse the user by throwing. */
export async function preSignUp(
  at: InPool,
  event: Pick<TriggerEvent, "source" | "userName" | "clientId" | "request">,
): Promise<PreSignUpFlags> {
  const off = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };
  const response = (await runTrigger(at, { trigger: "PreSignUp", response: off, ...event })) ?? {};
  const entries = flagNames.map((name) => [name, flag(response, name)]);
  return Object.fromEntries(entries) as PreSignUpFlags;
}

function verified(flags: PreSignUpFlags, attributes: Attributes): Attributes {
  const wanted = { email: flags.autoVerifyEmail, phone_number: flags.autoVerifyPhone };
  const names = Object.entries(wanted).flatMap(([name, on]) => (on ? [name] : []));
  for (const name of names)
    if (!attributes[name])
      throw refusal(
        "InvalidLambdaResponseException",
        `PreSignUp cannot verify the attribute ${name}, which this user does not have.`,
      );
  return Object.fromEntries(names.map((name) => [`${name}_verified`, "true"]));
}

/** A code to prove the address with, where the pool wants proof and the user has one. */
function codeFor(pool: UserPoolType, sub: string, { email }: Attributes) {
  if (!email || !pool.AutoVerifiedAttributes?.includes("email")) return undefined;
  return { ...newCode(sub, "signUp"), to: email };
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html */
export async function confirmSignUp(context: Context, input: ConfirmSignUpRequest) {
  const { ConfirmationCode = "" } = input;
  const { at, user } = await named(context, input);
  if (!user) throw hidesUsers(at.client) ? expiredCode() : userNotFound();
  await countingMismatches(at, user.username, "signUp", () =>
    changeUser(at, user, (fresh) => {
      checkUnconfirmed(fresh);
      return {
        codes: useCode(fresh, "signUp", ConfirmationCode),
        status: "CONFIRMED",
        attributes: { ...fresh.attributes, email_verified: "true" },
      };
    }),
  );
  return {};
}

/** Confirms without a code, and so proves nothing about the address. */
export async function adminConfirmSignUp(context: Context, input: AdminConfirmSignUpRequest) {
  const { at, user } = await chosen(context, input);
  await changeUser(at, user, (fresh) => {
    checkUnconfirmed(fresh);
    const { signUp: _, ...codes } = fresh.codes;
    return { status: "CONFIRMED", codes };
  });
  return {};
}

function checkUnconfirmed({ status }: User): void {
  if (status !== "UNCONFIRMED")
    throw notAuthorized(`User cannot be confirmed. Current status is ${status}`);
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html */
export async function resendConfirmationCode(
  context: Context,
  input: ResendConfirmationCodeRequest,
): Promise<{ CodeDeliveryDetails: CodeDeliveryDetailsType }> {
  const { Username = "" } = input;
  const { at, user } = await named(context, input);
  if (!user?.enabled && hidesUsers(at.client))
    return { CodeDeliveryDetails: await simulatedDelivery(at, Username) };
  if (!user) throw userNotFound();
  if (user.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
  const sent = codeFor(at.pool, user.sub, user.attributes);
  if (!sent) throw invalidParameter("Auto verification not turned on.");
  await changeUser(at, user, (fresh) => {
    if (fresh.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
    return { codes: { ...fresh.codes, signUp: sent.code } };
  });
  await mail(at, "code", sent.to, sent.digits, Username);
  return { CodeDeliveryDetails: deliveryTo(sent.to) };
}
