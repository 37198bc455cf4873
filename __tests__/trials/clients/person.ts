import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Outputs } from "../../../local/outputs";
import { UnusedCodes, wrongCode } from "../../gateway/authenticator";

/**
 * What a person does for a client: reads mails, and the codes that an authenticator app shows. A client asks by HTTP, so
 * that none needs a mailbox or an app of its own:
 * `/mail?to=` is the code of the next mail to that address, `/app?secret=` a code of the app that was not used yet, and
 * `/wrong?secret=` one that it does not show.
 */
export async function startPerson({ mailbox }: Outputs): Promise<{ url: string; stop: () => void }> {
  const read = new Map<string, number>();
  const apps = new Map<string, UnusedCodes>();

  const nextMail = async (address: string): Promise<string> => {
    for (let tries = 0; tries < 150; tries++) {
      const all = (await (await fetch(`${mailbox}.json`)).json()) as { to: string[] | string; body: string }[];
      const mails = all.filter(({ to }) => [to].flat().includes(address));
      if (mails.length > (read.get(address) ?? 0)) {
        read.set(address, mails.length);
        return mails.at(-1)?.body.match(/\b\d{6}\b/)?.[0] ?? "";
      }
      await sleep(100);
    }
    throw new Error("No mail came.");
  };
  const answer = (path: string, parameters: URLSearchParams): Promise<string> | string => {
    if (path === "/mail") return nextMail(parameters.get("to") ?? "");
    const secret = parameters.get("secret") ?? "";
    if (path === "/wrong") return wrongCode(secret);
    // Some clients are slow, and a code that they try again must be refused as used, not as too old.
    const app = apps.get(secret) ?? new UnusedCodes(secret, 60_000);
    apps.set(secret, app);
    return app.next();
  };

  const server = createServer(async ({ url = "" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://localhost");
    try {
      response.end(await answer(pathname, searchParams));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}
