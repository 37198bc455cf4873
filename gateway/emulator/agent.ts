import { Agent } from "node:http";
import { connect } from "node:net";

/**
 * Connects to the emulator's socket file, whatever host a request names. Connections stay open and are used again:
 * where the emulator closes one together with its answer, the answer can get lost.
 */
export class EmulatorAgent extends Agent {
  constructor(private readonly socket: string) {
    // Less than the 75 s after which the emulator closes an idle connection.
    // As many at a time as there are requests: a limit would let 256 long polls block everything else.
    super({ keepAlive: true, timeout: 60_000 });
  }

  override createConnection() {
    return connect(this.socket);
  }
}
