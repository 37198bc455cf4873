import { EmulatorAgent } from "./emulator/agent";
import { type Aws, connect, defaultSender } from "./emulator/aws";
import { browserRoutes } from "./http/browser-routes";
import type { BrowserRoute } from "./http/front-door";
import { listen } from "./http/listen";
import { servePrograms } from "./http/router";
import { openStore, type Store } from "./storage/store";
import { deleteExpired } from "./tokens/sessions";
import { noteUsers } from "./users/user-store";

interface GatewayOptions {
  readonly port: number;
  /** The socket file that the emulator listens on. */
  readonly emulator: string;
  readonly region: string;
  readonly account: string;
  /** The folder that keeps the users. */
  readonly stateDir: string;
  /**
   * What else is served on the port.
   * @default nothing
   */
  readonly routes?: readonly BrowserRoute[];
}

interface Gateway {
  /** Waits for the requests that are being served, and closes the store. */
  close(): Promise<void>;
}

/** How often expired sessions are deleted, in milliseconds. */
const cleaningInterval = 600_000;

/** Serves the local cloud on one port of this machine: it answers for Cognito's users, and the emulator for the rest. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const emulator = new EmulatorAgent(options.emulator);
  const aws = connect(emulator, options.region);
  const store = await prepare(options, aws);
  const { port, region, account } = options;
  void aws.clients.ready().catch(() => {});
  const origin = `http://localhost:${port}`;
  const context = { region, account, origin, emulator, store, aws, triggerLog: [] };
  const routes = [...browserRoutes(context), ...(options.routes ?? [])];
  const stopListening = await listen({ port, routes, serve: servePrograms(context, routes) }).catch(async (error) => {
    await store.close();
    throw error;
  });
  const cleaning = setInterval(() => void deleteExpired(store).catch(() => {}), cleaningInterval).unref();

  return {
    async close() {
      clearInterval(cleaning);
      await stopListening();
      emulator.destroy();
      await store.close();
    },
  };
}

/** Opens the store, and makes the emulator accept mails from the default sender. */
async function prepare({ stateDir, emulator }: GatewayOptions, aws: Aws): Promise<Store> {
  await aws.verifySender(defaultSender).catch((cause) => {
    throw new Error(`The emulator at ${emulator} does not answer.`, { cause });
  });
  const store = await openStore(stateDir);
  await noteUsers(store);
  await deleteExpired(store);
  return store;
}
