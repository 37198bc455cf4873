import type { GatewayContext } from "../context";
import { type EmulatorResponse, exchange } from "../emulator/forward";
import type { ReceivedRequest } from "../http/body";

/** Operations that change nothing. */
const reads = /^(Describe|Get|List)/;

/** Has the emulator serve an operation on a pool's configuration. After a change, its earlier answers are not kept. */
export async function passOn(
  { emulator, aws }: GatewayContext,
  operation: string,
  request: ReceivedRequest,
): Promise<EmulatorResponse> {
  try {
    return await exchange(emulator, request);
  } finally {
    if (!reads.test(operation)) aws.answers.forget();
  }
}
