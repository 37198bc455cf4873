import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { networkInterfaces } from "node:os";
import { admit, type BrowserRoute, type Serve } from "./front-door";

export type { BrowserRoute, Serve } from "./front-door";

export interface ListenOptions {
  readonly port: number;
  /** What browsers may reach. */
  readonly routes: readonly BrowserRoute[];
  /** Answers programs. */
  readonly serve: Serve;
}

/** How long requests may still take once the server is closing, in milliseconds. */
const closingTime = 20_000;

/** The addresses of `localhost` on this machine. */
export function loopbackAddresses(): string[] {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address));
  return ["127.0.0.1", ...(own.includes("::1") ? ["::1"] : [])];
}

/**
 * Serves a port, for this machine only and behind the front door. Every server of the local cloud is made here.
 * @returns a function that closes the server once its requests have ended
 */
export async function listen({ port, routes, serve }: ListenOptions): Promise<() => Promise<void>> {
  const running = new Set<Promise<void>>();
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    // A body that was not read to its end would block the next request of the connection.
    outgoing.on("finish", () => incoming.resume());
    const work = Promise.resolve(admit({ routes, serve }, incoming, outgoing)).finally(() => running.delete(work));
    running.add(work);
  };
  const servers = loopbackAddresses().map((host) => ({ host, server: createServer(answer) }));
  const close = async () => {
    const closed = servers.map(({ server }) => new Promise((resolve) => server.close(resolve)));
    const timer = setTimeout(() => closeConnections(), closingTime);
    await Promise.allSettled([...running]);
    clearTimeout(timer);
    closeConnections();
    await Promise.all(closed);
  };
  const closeConnections = () => {
    for (const { server } of servers) server.closeAllConnections();
  };
  try {
    for (const { host, server } of servers) await listening(server, port, host);
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

function listening(server: Server, port: number, host: string): Promise<void> {
  // Longer than any SDK keeps an idle connection: a connection must not close at the moment when it is used again.
  server.keepAliveTimeout = 65_000;
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`Port ${port} is in use: stop what listens there, or choose another port.`)
          : error,
      ),
    );
    server.listen(port, host, resolve);
  });
}
