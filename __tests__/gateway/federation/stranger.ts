import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { IdentityProviderType } from "@aws-sdk/client-cognito-identity-provider";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { Arrival, Browser, HostedPool } from "../hosted/hosted-pool";

type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** An identity provider of others, which says whatever a test wants it to. */
export interface Stranger {
  /** As a pool knows it. */
  named(name: string, mapping?: Record<string, string>): IdentityProviderType;
  /** What it answers instead of tokens. */
  failWith?: { status: number; body: object };
  /** Claims that the ID token has instead of the right ones. */
  lies: Record<string, unknown>;
  /** Whether it signs with a key that is not its own. */
  forges: boolean;
  /** When its ID tokens expire. */
  expiry: string;
  /** What the last token request held. */
  asked: URLSearchParams;
  /** Lets a person sign in there: the address with which the browser comes back. */
  signIn(address: string, claims: Claims): string;
  close(): Promise<void>;
}

export async function stranger(): Promise<Stranger> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const forged = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "1", alg: "RS256", use: "sig" };
  const codes = new Map<string, { claims: Claims; nonce: string; challenge: string }>();
  const people = new Map<string, Claims>();

  const server = createServer(async (incoming, outgoing) => {
    const send = (body: object, status = 200) => {
      outgoing.writeHead(status, { "content-type": "application/json" });
      outgoing.end(JSON.stringify(body));
    };
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    if (incoming.url === "/.well-known/openid-configuration")
      return send({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
      });
    if (incoming.url === "/jwks") return send({ keys: [jwk] });
    if (incoming.url === "/userinfo") return send(people.get(incoming.headers.authorization ?? "") ?? {});
    made.asked = form;
    if (made.failWith) return send(made.failWith.body, made.failWith.status);
    const code = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const verifier = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (code?.challenge !== verifier) return send({ error: "invalid_grant" }, 400);
    const id_token = await new SignJWT({
      sub: code.claims.sub,
      nonce: code.nonce,
      iss: issuer,
      aud: "local",
      ...made.lies,
    })
      .setProtectedHeader({ alg: "RS256", kid: "1" })
      .setIssuedAt()
      .setExpirationTime(made.expiry)
      .sign(made.forges ? forged.privateKey : privateKey);
    people.set(`Bearer ${code.nonce}`, code.claims);
    send({ id_token, access_token: code.nonce, token_type: "Bearer", expires_in: 300 });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const made: Stranger = {
    lies: {},
    forges: false,
    expiry: "5m",
    asked: new URLSearchParams(),
    named: (ProviderName, AttributeMapping = { email: "email", email_verified: "email_verified", name: "name" }) => ({
      ProviderName,
      ProviderType: "OIDC",
      ProviderDetails: {
        oidc_issuer: issuer,
        client_id: "local",
        client_secret: "known to both",
        authorize_scopes: "openid email",
      },
      AttributeMapping,
    }),
    signIn(address, claims) {
      const query = new URL(address).searchParams;
      const code = `code-${codes.size}-${Math.random()}`;
      const [nonce, challenge] = [query.get("nonce") ?? "", query.get("code_challenge") ?? ""];
      codes.set(code, { claims, nonce, challenge });
      return `${query.get("redirect_uri")}?${new URLSearchParams({ code, state: query.get("state") ?? "" })}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return made;
}

/** The path of an address of the pool. */
export const pathOf = (address: string) => address.replace(/^http:\/\/localhost:4566/, "");

/** A person goes from the app client to the provider, and comes back with these claims. */
export async function comeThrough(
  pool: HostedPool,
  at: Stranger,
  claims: Claims,
  provider = "Outer",
  browser: Browser = pool.browser(),
): Promise<Arrival> {
  const leaving = await browser.get(pool.authorize({ identity_provider: provider, prompt: "login" }));
  return browser.get(pathOf(at.signIn(leaving.location, claims)));
}
