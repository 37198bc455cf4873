import type { GatewayContext } from "../context";
import { type EmulatorResponse, exchange } from "../emulator/forward";
import { notServed } from "../exceptions";
import type { ReceivedRequest } from "../http/body";
import { fromJson } from "../json";
import { checkTriggerSettings } from "../pools/trigger-settings";
import { deniedByIam } from "./authorize";
import { deleteGroup, deletePool } from "./deletions";
import { findOperation, isConfiguration } from "./lookup";
import { parse } from "./request";

/**
 * Serves one operation of the Cognito API.
 * @returns the answer's body, or an answer of the emulator's
 */
export async function serveOperation(
  context: GatewayContext,
  operation: string,
  request: ReceivedRequest,
): Promise<EmulatorResponse | object> {
  if (operation === "DeleteUserPool") return deletePool(context, request);
  if (operation === "DeleteGroup") return deleteGroup(context, request);
  if (/^(Create|Update)UserPool$/.test(operation)) checkTriggerSettings(Object(fromJson(request.body.toString())));
  if (isConfiguration(operation)) return exchange(context.emulator, request);
  const found = findOperation(operation);
  if (!found) throw notServed(operation);
  const input = parse(request.body);
  const run = found.check(input);
  if (found.signed) {
    const denial = await deniedByIam(context, request, operation, input);
    if (denial) return denial;
  }
  return run({ ...context, operation, signed: found.signed });
}
