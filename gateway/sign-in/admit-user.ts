import { userNotFound, wrongPassword } from "../exceptions";
import { hidesUsers } from "../pools/app-client";
import { runTrigger } from "../triggers/run-trigger";
import { userEvent } from "../triggers/user-event";
import { migrateUser } from "../triggers/user-migration";
import { verifierFor } from "../users/unknown-users";
import type { User } from "../users/user";
import { findSigningIn, type SignInRequest } from "./sign-in-request";
import { passwordMatches } from "./srp";

/**
 * Finds the user who signs in, and runs pre authentication. With a password, the user may be migrated first.
 * @returns no user where none has the name and the app client hides which users exist
 */
export async function admitUser(request: SignInRequest, password?: string): Promise<{ typed: string; user?: User }> {
  const { context, metadata } = request;
  const { typed, user: existing } = findSigningIn(request);
  const validationData = metadata ?? null;
  const migration = { source: "UserMigration_Authentication", password, request: { validationData } } as const;
  const mayMigrate = !existing && password !== undefined;
  const user = mayMigrate ? await migrateUser(context, typed, migration) : existing;
  if (!user && !hidesUsers(context.client)) throw userNotFound();
  await runTrigger(context, {
    trigger: "PreAuthentication",
    source: "PreAuthentication_Authentication",
    ...userEvent(user ?? typed, { validationData, ...(user ? {} : { userNotFound: true }) }),
    response: {},
  });
  return { typed, user };
}

/** The same, and checks the password. */
export async function admitWithPassword(request: SignInRequest, password: string): Promise<User> {
  const { context } = request;
  const { typed, user } = await admitUser(request, password);
  const { username, verifier } = await verifierFor(context, typed, user);
  // For a user who does not exist this takes the same time, so that the time of the answer shows nothing.
  const isRight = passwordMatches(context.poolId, username, password, verifier);
  if (!user?.password || !isRight) throw wrongPassword();
  return user;
}
