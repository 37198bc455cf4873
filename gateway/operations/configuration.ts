import type { GatewayContext } from "../context";
import type { EmulatorResponse } from "../emulator/forward";
import { invalidParameter } from "../exceptions";
import type { ReceivedRequest } from "../http/body";
import { fromJson, isObject, isText } from "../json";
import { checkTriggerSettings } from "../pools/trigger-settings";
import { numberOfUsers } from "../users/user-store";
import { credentialOf } from "./authorize";
import { deleteGroup, deletePool } from "./deletions";
import { passOn } from "./pass-on";
import { parseForEmulator, type RawRequest } from "./request";

/** What the gateway does beside passing a request on, once the emulator has answered it. */
type After = (context: GatewayContext, input: RawRequest, answer: EmulatorResponse) => EmulatorResponse | undefined;

const after = new Map<string, After>([
  ["CreateUserPoolClient", noteClient],
  ["DeleteUserPoolClient", forgetClient],
  ["DescribeUserPool", withNumberOfUsers],
]);

/** Serves an operation on a pool's configuration: the emulator answers it, and the gateway takes note. */
export async function serveConfiguration(
  context: GatewayContext,
  operation: string,
  request: ReceivedRequest,
): Promise<EmulatorResponse> {
  const input = parseForEmulator(operation, request.body);
  if (operation === "CreateUserPool") checkRegion(context, request);
  if (operation === "CreateUserPool" || operation === "UpdateUserPool") checkTriggerSettings(input);
  if (operation === "DeleteUserPool") return deletePool(context, request);
  if (operation === "DeleteGroup") return deleteGroup(context, request);
  const answer = await passOn(context, operation, request);
  // A request that the emulator cannot cope with is not an outage: trying again does not help.
  if (answer.status >= 500)
    throw invalidParameter(`The emulator of this local cloud cannot serve this ${operation} request.`);
  if (answer.status !== 200) return answer;
  return after.get(operation)?.(context, input, answer) ?? answer;
}

/** All pools are in one Region: for one in another, the emulator would find neither the pool nor its app clients. */
function checkRegion({ region: own }: GatewayContext, request: ReceivedRequest): void {
  const region = credentialOf(request)?.region;
  if (region !== undefined && region !== own)
    throw invalidParameter(
      `User pools of this local cloud are in the Region ${own}: make this one there, not in ${region}.`,
    );
}

function noteClient({ aws }: GatewayContext, { UserPoolId }: RawRequest, { body }: EmulatorResponse): undefined {
  const answer = fromJson(body.toString());
  const client = isObject(answer) && isObject(answer.UserPoolClient) ? answer.UserPoolClient : {};
  if (isText(client.ClientId)) aws.clients.add(client.ClientId, String(UserPoolId));
}

function forgetClient({ aws }: GatewayContext, { ClientId }: RawRequest): undefined {
  aws.clients.remove(String(ClientId));
}

/** The emulator knows no users, so it would say that there are none. */
function withNumberOfUsers({ store }: GatewayContext, _: RawRequest, answer: EmulatorResponse): EmulatorResponse {
  const described = fromJson(answer.body.toString());
  if (!isObject(described) || !isObject(described.UserPool)) return answer;
  const EstimatedNumberOfUsers = numberOfUsers(store, String(described.UserPool.Id));
  const body = Buffer.from(
    JSON.stringify({ ...described, UserPool: { ...described.UserPool, EstimatedNumberOfUsers } }),
  );
  const rawHeaders = answer.rawHeaders.map((text, index) =>
    index % 2 === 1 && /^content-length$/i.test(answer.rawHeaders[index - 1] ?? "") ? String(body.length) : text,
  );
  return { ...answer, rawHeaders, body };
}
