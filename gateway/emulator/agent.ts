import { Agent } from "node:http";
import { connect } from "node:net";

/**
 * Connects to the emulator's socket file, whatever host a request names. Connections stay open and are used again:
 * where the emulator closes one together with its answer, the answer can get lost.
 */
export class EmulatorAgent extends Agent {
  constructor(private readonly socket: string) {
    // Less than the 75 s after which the emulator closes an idle connection.
    super({ keepAlive: true, maxSockets: 256, timeout: 60_000 });
  }

  override createConnection() {
    return connect(this.socket);
  }
}
