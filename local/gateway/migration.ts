import { overwritten, toList, toRecord } from "./attributes";
import type { AtClient } from "./context";
import { isRefusal, refusal } from "./errors";
import { attributeOfName, canonical } from "./pool";
import { flag, text, textRecord, unrecognizable } from "./responses";
import { newUser } from "./sign-up";
import { makeVerifier } from "./srp";
import { key } from "./store";
import { runTrigger } from "./triggers";
import { addUser, findUser, type User } from "./users";

/** How somebody whom the pool does not know came by, and what there is for the function to know of it. */
interface Arrival {
  readonly source: `UserMigration_${"Authentication" | "ForgotPassword"}`;
  /** As typed; whoever forgot it has none. */
  readonly password?: string;
  readonly request: Readonly<Record<string, unknown>>;
}

/**
 * Takes somebody over from wherever the pool's function knows them; undefined where it does not, or
 * there is none. Of several who come by one name at once the first is taken over, and the others find
 * the user: the function may make one itself, so this lock is not that of sign-ups.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
 */
export async function migrate(at: AtClient, typed: string, arrival: Arrival): Promise<User | undefined> {
  if (!at.pool.LambdaConfig?.UserMigration) return undefined;
  const lock = key("migration", at.poolId, canonical(at.pool, typed));
  return at.store.locked([lock], async () => {
    const meanwhile = findUser(at, typed);
    if (meanwhile) return meanwhile;
    const found = await lookUp(at, typed, arrival);
    if (!found) return undefined;
    await addUser(at, newcomer(at, typed, found, arrival.password), found.force).catch((error) => {
      // Somebody signed up with the name while the function looked: it is theirs.
      if (!isRefusal(error, "UsernameExistsException")) throw error;
    });
    return findUser(at, typed);
  });
}

/** What the function answered, once it is known to make sense. */
interface Found {
  readonly attributes: Readonly<Record<string, string>>;
  readonly status: "CONFIRMED" | "RESET_REQUIRED";
  readonly force: boolean;
}

async function lookUp(at: AtClient, typed: string, { source, password, request }: Arrival): Promise<Found | undefined> {
  const known = password === undefined ? request : { password, ...request };
  try {
    const response = await runTrigger(at, {
      trigger: "UserMigration",
      source,
      userName: typed,
      request: known,
      response: {
        userAttributes: null,
        finalUserStatus: null,
        messageAction: null,
        desiredDeliveryMediums: null,
        forceAliasCreation: null,
      },
    });
    return response && readFound(response);
  } catch (error) {
    const answered = ["UserLambdaValidationException", "InvalidLambdaResponseException"];
    if (!answered.some((name) => isRefusal(error, name))) throw error;
    throw refusal("UserNotFoundException", `Exception migrating user in app client ${at.clientId}`);
  }
}

/** Without attributes the function knows nobody; a status that is not CONFIRMED is one that asks for a new password. */
function readFound(response: Record<string, unknown>): Found | undefined {
  const attributes = textRecord(response, "userAttributes");
  const status = text(response, "finalUserStatus") ?? "RESET_REQUIRED";
  const force = flag(response, "forceAliasCreation");
  if (status !== "CONFIRMED" && status !== "RESET_REQUIRED") throw unrecognizable();
  return attributes && { attributes: toRecord(toList(attributes)), status, force };
}

/** The password is kept whatever the pool's policy says of it. */
function newcomer(at: AtClient, typed: string, { attributes: given, status }: Found, password?: string): User {
  const attribute = attributeOfName(at.pool, typed);
  const own = attribute && given[attribute];
  // Where case does not matter, the function may write the address otherwise than it was typed.
  const name = own && canonical(at.pool, own) === canonical(at.pool, typed) ? own : typed;
  const user = newUser({ ...at, signed: false }, name, given);
  return {
    ...user,
    status,
    attributes: overwritten({}, user.attributes),
    password: password === undefined ? undefined : makeVerifier(at.poolId, user.username, password),
  };
}
