import type { GatewayContext } from "../context";
import type { EmulatorResponse } from "../emulator/forward";
import { notServed } from "../exceptions";
import type { ReceivedRequest } from "../http/body";
import { deniedByIam } from "./authorize";
import { serveConfiguration } from "./configuration";
import { checkConstraints } from "./constraints";
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
  if (isConfiguration(operation)) return serveConfiguration(context, operation, request);
  const found = findOperation(operation);
  if (!found) throw notServed(operation);
  const input = parse(operation, request.body);
  const run = found.check(input);
  checkConstraints(operation, input);
  if (found.signed) {
    const denial = await deniedByIam(context, request, operation, input);
    if (denial) return denial;
  }
  return run({ ...context, operation, signed: found.signed });
}
