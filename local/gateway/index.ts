import { createServer } from "node:http";
import { type Aws, connect, defaultSender } from "./aws";
import { route, type Serve } from "./routes";
import { forgetExpired } from "./sessions";
import { openStore, type Store } from "./store";

interface GatewayOptions {
  readonly port: number;
  /** Where MiniStack listens, as in `http://127.0.0.1:45661`. */
  readonly emulator: string;
  readonly region: string;
  readonly account: string;
  readonly stateDir: string;
}

interface Gateway {
  readonly url: string;
  /** Lets what is under way finish, and closes the store. */
  close(): Promise<void>;
}

const patience = 20_000;

/** Serves the local cloud on one port of this machine: Cognito's users here, all else from the emulator. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const underWay = new Set<Promise<void>>();
  let serve: Serve = async (_, outgoing) => void outgoing.writeHead(503).end();
  const server = createServer((incoming, outgoing) => {
    const work = serve(incoming, outgoing).finally(() => underWay.delete(work));
    underWay.add(work);
  });
  // Longer than any SDK keeps an idle connection, so that none is closed as it is used again.
  server.keepAliveTimeout = 65_000;
  await listen(server, options.port);
  const aws = connect(options.emulator, options.region);
  const store = await prepare(options, aws).catch((error) => {
    server.close();
    throw error;
  });
  serve = route({ ...options, store, aws, triggerLog: [] });
  const sweep = setInterval(() => void forgetExpired(store).catch(() => {}), 600_000).unref();

  return {
    url: `http://127.0.0.1:${options.port}`,
    async close() {
      clearInterval(sweep);
      server.close();
      const impatience = setTimeout(() => server.closeAllConnections(), patience);
      await Promise.allSettled([...underWay]);
      clearTimeout(impatience);
      server.closeAllConnections();
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

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`Port ${port} is in use: stop what listens there, or choose another port.`)
          : error,
      ),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
}
