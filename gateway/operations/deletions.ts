import { type GatewayContext, poolContext } from "../context";
import type { EmulatorResponse } from "../emulator/forward";
import { invalidParameter } from "../exceptions";
import type { ReceivedRequest } from "../http/body";
import { key, type Write } from "../storage/store";
import { removeFromGroup } from "../users/groups";
import { usersOf } from "../users/user-store";
import { passOn } from "./pass-on";
import { parse } from "./request";

/**
 * Has the emulator delete a pool, and deletes the pool's users, sessions and keys. The emulator ignores deletion
 * protection, so it is checked here.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html
 */
export async function deletePool(context: GatewayContext, request: ReceivedRequest): Promise<EmulatorResponse> {
  const { aws, store } = context;
  const id = String(parse("DeleteUserPool", request.body).UserPoolId);
  const pool = await aws.findPool(id);
  if (pool?.DeletionProtection === "ACTIVE")
    throw invalidParameter(
      "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
    );
  const answer = await passOn(context, "DeleteUserPool", request);
  if (answer.status === 200) {
    aws.clients.removePool(id);
    const writes: Write[] = [
      [key("keys", id), undefined],
      [key("users", id), undefined],
    ];
    for (const kind of ["user", "sub", "alias", "session", "mismatches", "code", "browser", "identity", "federation"])
      for await (const [name] of store.range(key(kind, id))) writes.push([name, undefined]);
    await store.commit(writes);
  }
  return answer;
}

/** Has the emulator delete a group, and removes the pool's users from it: a later group of that name has no users. */
export async function deleteGroup(context: GatewayContext, request: ReceivedRequest): Promise<EmulatorResponse> {
  const answer = await passOn(context, "DeleteGroup", request);
  if (answer.status !== 200) return answer;
  const { UserPoolId, GroupName } = parse("DeleteGroup", request.body);
  const group = String(GroupName);
  const ofPool = await poolContext({ ...context, operation: "DeleteGroup", signed: true }, String(UserPoolId ?? ""));
  for await (const [, user] of usersOf(ofPool))
    if (user.groups?.includes(group)) await removeFromGroup(ofPool, user, group);
  return answer;
}
