import type { SignUpResponse, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext } from "../../gateway/context";
import { confirmSignUp } from "../../gateway/operations/confirm-sign-up";
import { signUp } from "../../gateway/operations/sign-up";
import type { User } from "../../gateway/users/user";
import { findUser } from "../../gateway/users/user-store";
import { withStore } from "./fake-context";

export const ADDRESS = "jo@example.org";
export const NUMBER = "+4915112341234";
export const SMS = { AttributeName: "phone_number", DeliveryMedium: "SMS", Destination: "+*********1234" };
export const MAIL = { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "j***@e***" };

const Password = "GoodPass1!";
const SchemaAttributes = ["email", "phone_number", "email_verified", "phone_number_verified"].map((Name) => ({
  Name,
  AttributeDataType: "String" as const,
  Mutable: true,
}));

/** The list of attributes that a request has. */
export const attributeList = (given: Record<string, string>) =>
  Object.entries(given).map(([Name, Value]) => ({ Name, Value }));

interface PoolWithMessages {
  readonly context: ClientContext;
  /** The messages that the pool sent. */
  readonly sent: [to: string, text: string][];
  /** The code in the last message. */
  code(): string;
  /** The user `jo` as stored now. */
  user(): User;
}

/** Makes pools that verify addresses and numbers, and users named `jo` in them. */
export function poolsWithMessages() {
  const contextIn = withStore();

  function makePool(settings: UserPoolType = {}): PoolWithMessages {
    const sent: [to: string, text: string][] = [];
    const pool: UserPoolType = { SchemaAttributes, AutoVerifiedAttributes: ["email", "phone_number"], ...settings };
    const aws = {
      sendMail: async (_: string, to: string, __: string, body: string) => void sent.push([to, body]),
      sendText: async (to: string, text: string) => void sent.push([to, text]),
    };
    const context = contextIn({ pool, aws });
    const user = () => {
      const found = findUser(context, "jo");
      if (!found) throw new Error("There is no jo.");
      return found;
    };
    return { context, sent, user, code: () => sent.at(-1)?.[1].match(/\d{6}/)?.[0] ?? "" };
  }

  async function signUpJo(
    given: Record<string, string>,
    settings?: UserPoolType,
  ): Promise<PoolWithMessages & { readonly answer: SignUpResponse; confirm(): Promise<void> }> {
    const pool = makePool(settings);
    const names = { ClientId: "client", Username: "jo" };
    const answer = await signUp(pool.context, { ...names, Password, UserAttributes: attributeList(given) });
    const confirm = () => confirmSignUp(pool.context, pool.user(), { ...names, ConfirmationCode: pool.code() });
    return { ...pool, answer, confirm };
  }

  return { makePool, signUpJo };
}
