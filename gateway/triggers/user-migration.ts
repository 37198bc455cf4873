import type { ClientContext } from "../context";
import { exception, isException } from "../exceptions";
import { attributeOfName, canonical } from "../pools/user-names";
import { makeVerifier } from "../sign-in/srp";
import { key } from "../storage/store";
import { type Attributes, overwritten, toList, toRecord } from "../users/attributes";
import { newUser } from "../users/new-user";
import type { User } from "../users/user";
import { addUser, findUser } from "../users/user-store";
import { flag, text, textRecord, unrecognizable } from "./response";
import { runTrigger } from "./run-trigger";

interface MigrationRequest {
  readonly source: `UserMigration_${"Authentication" | "ForgotPassword"}`;
  /** The password that the person typed. A person who forgot it has none. */
  readonly password?: string;
  /** The rest of the event's request. */
  readonly request: Readonly<Record<string, unknown>>;
}

/**
 * Asks the pool's function about a name that no user has, and adds the user whom the function knows. Of several requests
 * for one name only the first asks; the others find the user. The function may add the user itself, so this lock is
 * not the one of sign-ups.
 * @returns undefined where the function does not know the name, or the pool has no such function
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
 */
export async function migrateUser(
  context: ClientContext,
  typed: string,
  migration: MigrationRequest,
): Promise<User | undefined> {
  if (!context.pool.LambdaConfig?.UserMigration) return undefined;
  const lock = key("migration", context.poolId, canonical(context.pool, typed));
  return context.store.locked([lock], async () => {
    const existing = findUser(context, typed);
    if (existing) return existing;
    const found = await askFunction(context, typed, migration);
    if (!found) return undefined;
    const user = migratedUser(context, typed, found, migration.password);
    await addUser(context, user, found.forceAlias).catch((error) => {
      // Another person signed up with the name while the function ran, and keeps it.
      if (!isException(error, "UsernameExistsException")) throw error;
    });
    return findUser(context, typed);
  });
}

/** A user as the function described it. */
interface FoundUser {
  /** The user name, where the person typed an alias. */
  readonly username?: string;
  readonly attributes: Attributes;
  readonly status: "CONFIRMED" | "RESET_REQUIRED";
  readonly forceAlias: boolean;
}

async function askFunction(
  context: ClientContext,
  typed: string,
  { source, password, request }: MigrationRequest,
): Promise<FoundUser | undefined> {
  try {
    const response = await runTrigger(context, {
      trigger: "UserMigration",
      source,
      userName: typed,
      request: password === undefined ? request : { password, ...request },
      response: {
        userAttributes: null,
        finalUserStatus: null,
        messageAction: null,
        desiredDeliveryMediums: null,
        forceAliasCreation: null,
      },
    });
    return response && readResponse(response);
  } catch (error) {
    const ofFunction = ["UserLambdaValidationException", "InvalidLambdaResponseException"];
    if (!ofFunction.some((name) => isException(error, name))) throw error;
    throw exception("UserNotFoundException", `Exception migrating user in app client ${context.clientId}`);
  }
}

/** Without attributes, the function does not know the name. Without a status, the user needs a new password. */
function readResponse(response: Record<string, unknown>): FoundUser | undefined {
  const attributes = textRecord(response, "userAttributes");
  const status = text(response, "finalUserStatus") ?? "RESET_REQUIRED";
  const forceAlias = flag(response, "forceAliasCreation");
  if (status !== "CONFIRMED" && status !== "RESET_REQUIRED") throw unrecognizable();
  if (!attributes) return undefined;
  const { username, ...others } = attributes;
  return { username, attributes: toRecord(toList(others)), status, forceAlias };
}

/** The pool's password policy does not hold for the password of a migrated user. */
function migratedUser(context: ClientContext, typed: string, found: FoundUser, password?: string): User {
  const name = found.username && (context.pool.AliasAttributes ?? []).length > 0 ? found.username : typed;
  const attribute = attributeOfName(context.pool, name);
  const address = attribute && found.attributes[attribute];
  // Where case does not matter, the function may spell the address differently from the person.
  const isSame = address && canonical(context.pool, address) === canonical(context.pool, typed);
  const user = newUser({ ...context, signed: false }, isSame ? address : name, found.attributes);
  return {
    ...user,
    status: found.status,
    attributes: overwritten({}, user.attributes),
    password: password === undefined ? undefined : makeVerifier(context.poolId, user.username, password),
  };
}
