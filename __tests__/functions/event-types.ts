import type * as Published from "aws-lambda";
import type { CreateEvent, DefineEvent, VerifyEvent } from "../../functions/custom-auth/event";
import type { CustomEmailSenderEvent } from "../../functions/custom-email-sender";
import type { CustomMessageEvent } from "../../functions/custom-message";
import type { CustomSmsSenderEvent } from "../../functions/custom-sms-sender";
import type { PostAuthenticationEvent } from "../../functions/post-authentication";
import type { PostConfirmationEvent } from "../../functions/post-confirmation";
import type { PreAuthenticationEvent } from "../../functions/pre-authentication";
import type { PreSignUpEvent } from "../../functions/pre-sign-up/event";
import type { PreTokenGenerationEvent } from "../../functions/pre-token-generation/event";
import type { UserMigrationEvent } from "../../functions/user-migration";

type Sent<Event extends { triggerSource?: unknown; request?: unknown }> = Event extends unknown
  ? Pick<Event, "triggerSource" | "request">
  : never;
/** Compiles where what Cognito sends by the first type is taken by the second. */
type Is<Given extends Sent<Ours>, Ours extends { triggerSource?: unknown; request?: unknown }> = Given;

// A test that the type checker runs: what @types/aws-lambda publishes is taken by our handlers. The other way round it
// would not do: those types lack sources, take the claims of versions 2 and 3 for text, and know no missing part.
type Notification = Published.CustomEmailSenderAccountTakeOverNotificationTriggerEvent;
export type Taken = [
  Is<Published.PreSignUpTriggerEvent, PreSignUpEvent>,
  Is<Published.PostConfirmationTriggerEvent, PostConfirmationEvent>,
  Is<Published.UserMigrationTriggerEvent, UserMigrationEvent>,
  Is<Published.PreAuthenticationTriggerEvent, PreAuthenticationEvent>,
  Is<Published.PostAuthenticationTriggerEvent, PostAuthenticationEvent>,
  Is<Published.DefineAuthChallengeTriggerEvent, DefineEvent>,
  Is<Published.CreateAuthChallengeTriggerEvent, CreateEvent>,
  Is<Published.VerifyAuthChallengeResponseTriggerEvent, VerifyEvent>,
  Is<Published.PreTokenGenerationTriggerEvent, PreTokenGenerationEvent>,
  Is<Published.PreTokenGenerationV2TriggerEvent, PreTokenGenerationEvent>,
  Is<Published.PreTokenGenerationV3TriggerEvent, PreTokenGenerationEvent>,
  Is<Published.CustomMessageTriggerEvent, CustomMessageEvent>,
  // Its attributes are an interface of their own, which TypeScript takes for no record.
  Is<Exclude<Published.CustomEmailSenderTriggerEvent, Notification>, CustomEmailSenderEvent>,
  Is<Published.CustomSMSSenderTriggerEvent, CustomSmsSenderEvent>,
];
