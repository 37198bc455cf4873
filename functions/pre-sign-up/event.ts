import type { TriggerEvent, WithMetadata } from "../shared/event";

export const SOURCES = ["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"] as const;

interface Request extends WithMetadata {
  validationData: Record<string, string> | null;
}

interface Response {
  autoConfirmUser: boolean;
  autoVerifyEmail: boolean;
  autoVerifyPhone: boolean;
}

export type PreSignUpEvent = TriggerEvent<(typeof SOURCES)[number], Request, Response>;
