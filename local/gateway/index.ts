import { type Aws, connect, defaultSender } from "./aws";
import { EmulatorAgent } from "./emulator-agent";
import { listen, type Serve } from "./listen";
import { places } from "./places";
import { route } from "./routes";
import { forgetExpired } from "./sessions";
import { openStore, type Store } from "./store";

interface GatewayOptions {
  readonly port: number;
  /** The socket file that MiniStack listens on. */
  readonly emulator: string;
  readonly region: string;
  readonly account: string;
  readonly stateDir: string;
}

interface Gateway {
  /** Lets what is under way finish, and closes the store. */
  close(): Promise<void>;
}

/** Serves the local cloud on one port of this machine: Cognito's users here, all else from the emulator. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  let serve: Serve = (_, outgoing) => void outgoing.writeHead(503).end();
  const stopListening = await listen({
    port: options.port,
    places,
    serve: (incoming, outgoing) => serve(incoming, outgoing),
  });
  const emulator = new EmulatorAgent(options.emulator);
  const aws = connect(emulator, options.region);
  const store = await prepare(options, aws).catch(async (error) => {
    await stopListening();
    throw error;
  });
  serve = route({ ...options, emulator, store, aws, triggerLog: [] });
  const sweep = setInterval(() => void forgetExpired(store).catch(() => {}), 600_000).unref();

  return {
    async close() {
      clearInterval(sweep);
      await stopListening();
      emulator.destroy();
      await store.close();
    },
  };
}

/** The users as they were left, and a sender that the emulator accepts mail from. */
async function prepare({ stateDir, emulator }: GatewayOptions, aws: Aws): Promise<Store> {
  await aws.verifySender(defaultSender).catch((cause) => {
    throw new Error(`The emulator at ${emulator} does not answer.`, { cause });
  });
  const store = await openStore(stateDir);
  await forgetExpired(store);
  return store;
}
