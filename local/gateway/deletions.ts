import { inPool } from "./context";
import { invalidParameter } from "./errors";
import { forgetGroup } from "./groups";
import { parse } from "./input";
import { type Answer, exchange, type Received } from "./proxy";
import type { Cloud } from "./routes";
import { key, type Write } from "./store";
import { usersOf } from "./users";

/**
 * Deletes a pool as the emulator does, except where it is protected, which the emulator ignores;
 * the pool's users, sessions and keys go with it.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html
 */
export async function deletePool({ aws, store, emulator }: Cloud, request: Received): Promise<Answer> {
  const id = String(parse(request.body).UserPoolId);
  const pool = await aws.knownPool(id);
  if (pool?.DeletionProtection === "ACTIVE")
    throw invalidParameter(
      "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
    );
  const answer = await exchange(emulator, request);
  if (answer.status === 200) {
    const gone: Write[] = [[key("keys", id), undefined]];
    for (const kind of ["user", "alias", "session", "mismatches"])
      for await (const [name] of store.range(key(kind, id))) gone.push([name, undefined]);
    await store.commit(gone);
  }
  return answer;
}

/** Deletes a group as the emulator does; nobody is in it any more, nor in the next of that name. */
export async function deleteGroup(cloud: Cloud, request: Received): Promise<Answer> {
  const answer = await exchange(cloud.emulator, request);
  if (answer.status !== 200) return answer;
  const { UserPoolId, GroupName } = parse(request.body);
  const at = await inPool({ ...cloud, operation: "DeleteGroup", signed: true }, { UserPoolId });
  for await (const [, user] of usersOf(at))
    if (user.groups?.includes(String(GroupName))) await forgetGroup(at, user, String(GroupName));
  return answer;
}
