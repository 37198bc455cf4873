import type { AdminCreateUserRequest } from "@aws-sdk/client-cognito-identity-provider";
import type { PoolContext } from "../context";
import { attributeOfName, canonical } from "../pools/user-names";
import { key } from "../storage/store";
import { type Attributes, toRecord } from "../users/attributes";
import { type NewUser, newUser } from "../users/new-user";
import { findUser, nameTaken } from "../users/user-store";
import { flag } from "./response";
import { runTrigger } from "./run-trigger";
import { type Metadata, withMetadata } from "./user-event";

type Request = Pick<AdminCreateUserRequest, "UserAttributes" | "ValidationData" | "ClientMetadata"> & {
  readonly Username: string;
};

/** What the trigger answered for a new user: to confirm the user, and to verify an address or number. */
export type PreSignUpFlags = ReturnType<typeof flagsOf>;

/**
 * Runs the pre sign-up trigger for a new user, and then `add`, which adds the user. The names are locked meanwhile: of
 * several sign-ups for one name only the first runs the trigger.
 */
export async function registerUser<T>(
  context: PoolContext,
  { Username, UserAttributes, ValidationData, ClientMetadata }: Request,
  source: `PreSignUp_${"SignUp" | "AdminCreateUser"}`,
  add: (user: NewUser, flags: PreSignUpFlags) => Promise<T>,
): Promise<T> {
  const user = newUser(context, Username, toRecord(UserAttributes));
  const { username, attributes } = user;
  const names = [Username, attributes.email, attributes.phone_number].filter((name) => name !== undefined);
  const locks = names.map((name) => key("name", context.poolId, canonical(context.pool, name)));
  return context.store.locked(locks, async () => {
    if (findUser(context, Username)) throw nameTaken(context, attributeOfName(context.pool, Username));
    const validationData = ValidationData?.length ? toRecord(ValidationData) : null;
    const flags = await runPreSignUp(context, {
      source,
      username,
      attributes,
      validationData,
      metadata: ClientMetadata,
    });
    return add(user, flags);
  });
}

interface Event {
  readonly source: `PreSignUp_${"SignUp" | "AdminCreateUser" | "ExternalProvider"}`;
  readonly username: string;
  readonly attributes: Attributes;
  readonly validationData: object | null;
  readonly metadata?: Metadata;
}

/** Runs the trigger. If it throws, there is no new user. */
export async function runPreSignUp(
  context: PoolContext,
  { source, username, attributes, validationData, metadata }: Event,
): Promise<PreSignUpFlags> {
  const response = await runTrigger(context, {
    trigger: "PreSignUp",
    source,
    userName: username,
    request: { userAttributes: attributes, validationData, ...withMetadata(metadata) },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  return flagsOf(response ?? {});
}

const flagsOf = (response: Record<string, unknown>) => ({
  confirm: flag(response, "autoConfirmUser"),
  email: flag(response, "autoVerifyEmail"),
  phone_number: flag(response, "autoVerifyPhone"),
});
