import { randomUUID } from "node:crypto";
import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { type Attributes, checkComplete, checkSchema, checkWritable, overwritten, toRecord } from "./attributes";
import { checkSecret, hidesUsers } from "./client";
import { countingMismatches, expiredCode, newCode, sendCodes, useCode } from "./codes";
import type { AtClient, InPool } from "./context";
import { contacts, deliveryTo, toProve } from "./destinations";
import { invalidParameter, notAuthorized, refusal, userNotFound } from "./errors";
import type { Checked } from "./input";
import { sendMessage } from "./messages";
import { attributeOfName, canonical, checkPassword, proves } from "./pool";
import { confirmed } from "./post-confirmation";
import { flag } from "./responses";
import { makeVerifier } from "./srp";
import { key } from "./store";
import { runTrigger, withMetadata } from "./triggers";
import { simulatedDelivery } from "./unknown-users";
import { addUser, changeUser, findUser, type Named, nameTaken, type Subject, type User } from "./users";

export async function signUp(
  at: AtClient,
  input: Checked<Cognito.SignUpRequest> & { readonly Password: string },
): Promise<Cognito.SignUpResponse> {
  checkSecret(at.client, [input.Username], input.SecretHash);
  if (at.pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly)
    throw notAuthorized("SignUp is not permitted for this user pool");
  checkWritable(at.client, Object.keys(toRecord(input.UserAttributes)));
  checkPassword(at.pool, input.Password);

  const answer = await register(at, input, "PreSignUp_SignUp", async (newcomer, flags) => {
    const { username, sub, attributes } = newcomer;
    const to = flags.confirm ? undefined : toProve(at.pool, attributes);
    const sent = to && { to, ...newCode(sub, "signUp", to) };
    const user: User = {
      ...newcomer,
      status: flags.confirm ? "CONFIRMED" : "UNCONFIRMED",
      attributes: { ...overwritten({}, attributes), ...verified(flags, attributes) },
      password: makeVerifier(at.poolId, username, input.Password),
      codes: sent ? { signUp: sent.code } : {},
    };
    // An alias that the trigger verified moves here from whoever had it: this is AWS's way.
    await addUser(at, user, true);
    if (sent)
      await sendMessage(at, { kind: "SignUp", user, to: sent.to, secret: sent.digits, metadata: input.ClientMetadata });
    return {
      UserConfirmed: flags.confirm,
      UserSub: sub,
      ...(sent ? { CodeDeliveryDetails: deliveryTo(sent.to) } : {}),
    };
  });
  // Only now that the names are let go: the function may well want to change the user.
  const user = answer.UserConfirmed && findUser(at, input.Username);
  if (user) await confirmed(at, user, "PostConfirmation_ConfirmSignUp", input.ClientMetadata);
  return answer;
}

type Request = Pick<Cognito.AdminCreateUserRequest, "UserAttributes" | "ValidationData" | "ClientMetadata"> & {
  readonly Username: string;
};

/**
 * Asks the pre sign-up trigger about a user to be, and has `add` add it. The names are held all the
 * while: of several sign-ups for one, the first wins before the trigger of the second runs.
 */
export async function register<T>(
  at: InPool,
  { Username, UserAttributes, ValidationData, ClientMetadata }: Request,
  source: `PreSignUp_${"SignUp" | "AdminCreateUser"}`,
  add: (newcomer: Omit<User, "status">, flags: PreSignUpFlags) => Promise<T>,
): Promise<T> {
  const newcomer = newUser(at, Username, toRecord(UserAttributes));
  const { username, attributes } = newcomer;
  const names = [Username, attributes.email, attributes.phone_number].filter((name) => name !== undefined);
  const locks = names.map((name) => key("name", at.poolId, canonical(at.pool, name)));
  return at.store.locked(locks, async () => {
    if (findUser(at, Username)) throw nameTaken(at, attributeOfName(at.pool, Username));
    const response = await runTrigger(at, {
      trigger: "PreSignUp",
      source,
      userName: username,
      request: {
        userAttributes: attributes,
        validationData: ValidationData?.length ? toRecord(ValidationData) : null,
        ...withMetadata(ClientMetadata),
      },
      response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    });
    return add(newcomer, flagsOf(response ?? {}));
  });
}

/** A user to be, without a status: where people sign in with an address, the id is the name. */
export function newUser({ pool, signed }: InPool, typed: string, given: Attributes): Omit<User, "status"> {
  const attribute = attributeOfName(pool, typed);
  const attributes = attribute ? { ...given, [attribute]: typed } : given;
  if (attribute && given[attribute] && given[attribute] !== typed)
    throw invalidParameter(
      `User ${attribute === "email" ? "email" : "phone number"} should be empty or same as username, since username attribute is ${attribute}.`,
    );
  checkSchema(pool, attributes, true);
  // Whom an administrator makes is asked for the rest at the first sign-in.
  if (!signed) checkComplete(pool, attributes);
  const sub = randomUUID();
  const username = attribute ? sub : canonical(pool, typed);
  return { username, sub, attributes, enabled: true, codes: {}, created: Date.now(), modified: Date.now() };
}

const flagsOf = (response: Record<string, unknown>) => ({
  confirm: flag(response, "autoConfirmUser"),
  email: flag(response, "autoVerifyEmail"),
  phone_number: flag(response, "autoVerifyPhone"),
});
type PreSignUpFlags = ReturnType<typeof flagsOf>;

function verified(flags: PreSignUpFlags, attributes: Attributes): Attributes {
  const names = (["email", "phone_number"] as const).filter((name) => flags[name]);
  const lacking = names.find((name) => !attributes[name]);
  if (lacking)
    throw refusal(
      "InvalidLambdaResponseException",
      `PreSignUp cannot verify the attribute ${lacking}, which this user does not have.`,
    );
  return Object.fromEntries(names.map((name) => [`${name}_verified`, "true"]));
}

export async function confirmSignUp(
  { at, user }: Named,
  { ConfirmationCode, ForceAliasCreation, ClientMetadata }: Checked<Cognito.ConfirmSignUpRequest>,
): Promise<void> {
  if (!user) throw hidesUsers(at.client) ? expiredCode() : userNotFound();
  const confirm = (fresh: User): Partial<User> => {
    checkUnconfirmed(fresh);
    const { codes, proven } = useCode(fresh, "signUp", ConfirmationCode);
    const attributes = { ...fresh.attributes, [`${proven.attribute}_verified`]: "true" };
    return { codes, status: "CONFIRMED", attributes };
  };
  const change = () => changeUser(at, user, confirm, ForceAliasCreation);
  const after = await countingMismatches(at, user.username, "signUp", change);
  await confirmed(at, after, "PostConfirmation_ConfirmSignUp", ClientMetadata);
}

/** Confirms without a code, and so proves nothing about the address. */
export async function adminConfirmSignUp(
  { at, user }: Subject,
  { ClientMetadata }: Checked<Cognito.AdminConfirmSignUpRequest>,
): Promise<void> {
  const after = await changeUser(at, user, (fresh) => {
    checkUnconfirmed(fresh);
    const { signUp: _, ...codes } = fresh.codes;
    return { status: "CONFIRMED", codes };
  });
  await confirmed(at, after, "PostConfirmation_ConfirmSignUp", ClientMetadata);
}

function checkUnconfirmed({ status }: User): void {
  if (status !== "UNCONFIRMED") throw notAuthorized(`User cannot be confirmed. Current status is ${status}`);
}

export async function resendConfirmationCode(
  { at, user }: Named,
  { Username, ClientMetadata: metadata }: Checked<Cognito.ResendConfirmationCodeRequest>,
): Promise<Cognito.ResendConfirmationCodeResponse> {
  if (!user?.enabled && hidesUsers(at.client)) {
    const ways = contacts.filter((way) => proves(at.pool, way));
    return { CodeDeliveryDetails: await simulatedDelivery(at, Username, ways) };
  }
  if (!user) throw userNotFound();
  const check = ({ status }: User) => {
    if (status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
    return {};
  };
  check(user);
  const to = toProve(at.pool, user.attributes);
  if (!to) throw invalidParameter("Auto verification not turned on.");
  const [CodeDeliveryDetails] = await sendCodes(at, user, { kind: "ResendCode", to: [to], metadata }, check);
  return { CodeDeliveryDetails };
}
