import { attributesOf, type User } from "../users/user";

/** The `ClientMetadata` of a request, which Cognito passes on to some triggers. */
export type Metadata = Readonly<Record<string, string>> | undefined;

/** An event has client metadata only where the request had some. */
export const withMetadata = (clientMetadata: Metadata) => (clientMetadata ? { clientMetadata } : {});

/** The parts of an event that describe the user. Where no user has the name, `user` is that name. */
export function userEvent(user: User | string, request: object = {}, metadata?: Metadata) {
  const [userName, userAttributes] =
    typeof user === "string"
      ? [user, {}]
      : [user.username, { ...attributesOf(user), "cognito:user_status": user.status }];
  return { userName, request: { userAttributes, ...request, ...withMetadata(metadata) } };
}
