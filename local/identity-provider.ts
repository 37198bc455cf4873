import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Grant, default as Provider } from "oidc-provider";
import type { BrowserRoute, Serve } from "../gateway/http/listen";
import { issuerAt, PATH } from "./issuer";
import { PEOPLE, type Person } from "./people";

/** The client id of the pools there. They have no secret: everybody on this machine could read it. */
export const PROVIDER_CLIENT = "local-cloud";

/**
 * A small OIDC provider for the local cloud, with a few people and no passwords. It asks each time who it is. Nothing of
 * it is kept.
 * @see https://github.com/panva/node-oidc-provider
 */
export function identityProvider(port: number): BrowserRoute {
  const make = async () => {
    const provider = await quietly(() => providerAt(port));
    return { provider, answer: provider.callback() };
  };
  // It is made when somebody first comes: it takes a second, and most starts of the local cloud never need it.
  let made: ReturnType<typeof make> | undefined;
  const interaction = new RegExp(`^${PATH}/interaction/[\\w-]+$`);
  const serve: Serve = async (incoming, outgoing) => {
    made ??= make();
    const { provider, answer } = await made;
    if (interaction.test((incoming.url ?? "").replace(/\?.*$/, ""))) return choose(provider, incoming, outgoing);
    // The provider looks at this to know where it is.
    Object.assign(incoming, { originalUrl: incoming.url });
    incoming.url = incoming.url?.slice(PATH.length);
    await answer(incoming, outgoing);
  };
  return {
    // As with any provider, another site may lead here. It cannot send a form.
    from: ["page", "person", "link"],
    methods: ["GET", "POST"],
    path: new RegExp(`^${PATH}/`),
    takesToken: true,
    serve,
  };
}

/**
 * It writes to the terminal that it keeps nothing, which is meant so here, and that it wants a newer Node. The tests show
 * that what is used of it works with the oldest one of this project.
 */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { info, warn } = console;
  Object.assign(console, { info: () => {}, warn: () => {} });
  try {
    return await work();
  } finally {
    Object.assign(console, { info, warn });
  }
}

async function providerAt(port: number): Promise<Provider> {
  const { default: OidcProvider, interactionPolicy } = await import("oidc-provider");
  const { base, Check } = interactionPolicy;
  const policy = base();
  const always = new Check("who_is_it", "Whoever comes is asked who it is.", ({ oidc }) =>
    oidc.result?.login ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
  );
  policy.get("login")?.checks.add(always);
  const provider: Provider = new OidcProvider(issuerAt(port), {
    clients: [
      {
        client_id: PROVIDER_CLIENT,
        token_endpoint_auth_method: "none",
        redirect_uris: [`http://localhost:${port}/`],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: [randomBytes(32).toString("hex")] },
    interactions: { policy, url: (_, { uid }) => `${PATH}/interaction/${uid}` },
    findAccount: (_, id) => {
      const person = PEOPLE.find(({ sub }) => sub === id);
      return person && { accountId: id, claims: () => ({ ...person }) };
    },
    // Nobody is asked for consent.
    loadExistingGrant: async ({ oidc }): Promise<Grant> => {
      const grant: Grant = new provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
    renderError: (context, { error, error_description }) => {
      context.type = "text";
      context.body = [error, error_description].filter(Boolean).join(": ");
    },
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 300, IdToken: 300, Interaction: 600, Session: 600 },
  });
  // The ids of pools are known only once they are deployed.
  const returns = new RegExp(`^http://localhost:${port}/[\\w-]+_\\w+/oauth2/idpresponse$`);
  Object.assign(provider.Client.prototype, { redirectUriAllowed: (address: string) => returns.test(address) });
  return provider;
}

/** Shows the people, or takes the choice of one. */
async function choose(provider: Provider, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const details = await provider.interactionDetails(incoming, outgoing).catch(() => undefined);
  if (!details)
    return send(outgoing, 400, "<p>This sign-in is over. Go back to where you came from, and try again.</p>");
  if (incoming.method === "GET") return send(outgoing, 200, choices());
  let body = "";
  for await (const chunk of incoming) body = (body + String(chunk)).slice(0, 1_000);
  const wanted = new URLSearchParams(body).get("person");
  const person = PEOPLE.find(({ sub }) => sub === wanted);
  const result = person
    ? { login: { accountId: person.sub, remember: false } }
    : { error: "access_denied", error_description: "The person went away." };
  await provider.interactionFinished(incoming, outgoing, result, { mergeWithLastSubmission: false });
}

const choices = () => `<p>This provider belongs to the local cloud. Who are you?</p>
<form method="post">
${PEOPLE.map(choice).join("\n")}
<button name="person" value="">Nobody: go back</button>
</form>`;

const choice = ({ sub, name, email, email_verified }: Person) =>
  `<button name="person" value="${sub}"><strong>${name}</strong><br>${email}, ${email_verified ? "proven" : "not proven"}</button>`;

function send(outgoing: ServerResponse, status: number, content: string): void {
  outgoing.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "same-origin",
  });
  outgoing.end(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Local identity provider</title>
<style>body{font-family:system-ui,sans-serif;max-width:24rem;margin:2rem auto;padding:0 1rem}
button{display:block;width:100%;font:inherit;padding:.5rem;margin:.5rem 0;text-align:left}</style></head>
<body><main><h1>Local identity provider</h1>
${content}
</main></body></html>`);
}
