import { Agent } from "node:http";
import { connect } from "node:net";

/**
 * Connections to the emulator's socket file, whatever host a request names. They are kept and used again: one that the
 * emulator closes with its answer can swallow that answer.
 */
export class EmulatorAgent extends Agent {
  constructor(private readonly socket: string) {
    // The emulator itself closes what nobody has used for 75 s.
    super({ keepAlive: true, maxSockets: 256, timeout: 60_000 });
  }

  override createConnection() {
    return connect(this.socket);
  }
}
