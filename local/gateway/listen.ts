import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { networkInterfaces } from "node:os";
import { admit, type Place } from "./front-door";

export type Serve = (incoming: IncomingMessage, outgoing: ServerResponse) => void | Promise<void>;

export interface ListenOptions {
  readonly port: number;
  /** What browsers may reach. */
  readonly places: readonly Place[];
  readonly serve: Serve;
}

/** How long requests under way may take to end, in milliseconds. */
const patience = 20_000;

/** The addresses that `localhost` stands for. */
export function loopbackAddresses(): string[] {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address));
  return ["127.0.0.1", ...(own.includes("::1") ? ["::1"] : [])];
}

/**
 * Serves a port of this machine, to this machine alone and behind the front door. Nothing here listens in another way.
 * @returns what closes it, once the requests under way have ended
 */
export async function listen({ port, places, serve }: ListenOptions): Promise<() => Promise<void>> {
  const underWay = new Set<Promise<void>>();
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    // What nobody has read of a request would be in the way of the next one.
    outgoing.on("finish", () => incoming.resume());
    if (!admit(places, incoming, outgoing)) return;
    const work = Promise.resolve(serve(incoming, outgoing)).finally(() => underWay.delete(work));
    underWay.add(work);
  };
  const servers = loopbackAddresses().map((host) => ({ host, server: createServer(answer) }));
  const close = async () => {
    const closed = servers.map(({ server }) => new Promise((resolve) => server.close(resolve)));
    const impatience = setTimeout(() => closeConnections(), patience);
    await Promise.allSettled([...underWay]);
    clearTimeout(impatience);
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
  // Longer than any SDK keeps an idle connection, so that none is closed as it is used again.
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
