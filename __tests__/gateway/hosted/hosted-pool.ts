import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type {
  GetUserPoolMfaConfigResponse,
  UserPoolClientType,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { serveHosted } from "../../../gateway/hosted/serve-hosted";
import { type FakeCloud, fakeCloud } from "../fake-cloud";
import { POOL_ID } from "../srp-client";

export const CALLBACK = "http://localhost:3000/callback?from=pool";
export const SCOPES = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

export const hostedClient: UserPoolClientType = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code"],
  AllowedOAuthScopes: SCOPES,
  CallbackURLs: [CALLBACK, "myapp://callback"],
  LogoutURLs: ["http://localhost:3000/"],
  SupportedIdentityProviders: ["COGNITO"],
};

/** What a browser got, and where it may go from there. */
export interface Arrival {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** Where it was sent; an empty query where it was sent nowhere. */
  readonly location: string;
  readonly query: URLSearchParams;
}

/** A browser with cookies of its own, that follows no redirect by itself. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Where it is. */
  path = "";

  /** @param origin how the local cloud calls itself where it sends a browser on */
  constructor(
    private readonly base: string,
    private readonly origin = "http://localhost:4566",
  ) {}

  get = (path: string, headers: Record<string, string> = {}) => this.send("GET", path, undefined, headers);

  /** Sends the form of a page that it got, with what a person types. The form is the first, or the one with `button`. */
  submit(at: Arrival, typed: Record<string, string>, button = ""): Promise<Arrival> {
    const form = at.html.split("<form").find((part) => part.includes(`action="`) && part.includes(button)) ?? "";
    const action = withoutEntities(/action="([^"]*)"/.exec(form)?.[1] ?? "");
    const fields = [...form.matchAll(/<input [^>]*?name="([^"]*)"[^>]*?value="([^"]*)"/g)];
    const all = {
      ...Object.fromEntries(fields.map(([, name = "", value = ""]) => [name, withoutEntities(value)])),
      ...typed,
    };
    return this.send("POST", action, new URLSearchParams(all));
  }

  async send(
    method: string,
    path: string,
    body?: URLSearchParams,
    headers: Record<string, string> = {},
  ): Promise<Arrival> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    this.path = path;
    const response = await fetch(`${this.base}${path}`, {
      method,
      body,
      redirect: "manual",
      headers: { ...(cookie && { cookie }), ...headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const location = response.headers.get("location") ?? "";
    return {
      status: response.status,
      headers: response.headers,
      html: await response.text(),
      location,
      query: new URLSearchParams(location.split("?").slice(1).join("?")),
    };
  }

  /** Goes to the next page that the local cloud sends it to, as long as it stays there. */
  async follow(at: Arrival): Promise<Arrival> {
    const path = at.location.startsWith(`${this.origin}/`) ? at.location.slice(this.origin.length) : at.location;
    return path.startsWith("/") ? this.follow(await this.get(path)) : at;
  }
}

const withoutEntities = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

export interface HostedPool {
  readonly cloud: FakeCloud;
  browser(): Browser;
  /** The path of the authorization request. A parameter that is undefined is left out. */
  authorize(changes?: Record<string, string | undefined>): string;
  /** Calls an endpoint as a client does. */
  call(
    name: string,
    form: Record<string, string> | URLSearchParams,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, string>; headers: Headers }>;
  close(): Promise<void>;
}

export const verifier = randomBytes(32).toString("base64url");
const challenge = createHash("sha256").update(verifier).digest("base64url");

/** A pool with a domain, and its hosted endpoints behind HTTP. */
export async function hostedPool(
  functions: Parameters<typeof fakeCloud>[0] = {},
  {
    pool = {},
    client = {},
    clients = [],
    mfa,
    aws = {},
  }: {
    pool?: UserPoolType;
    client?: UserPoolClientType;
    clients?: readonly UserPoolClientType[];
    mfa?: GetUserPoolMfaConfigResponse;
    aws?: object;
  } = {},
): Promise<HostedPool> {
  const cloud = await fakeCloud(functions, {
    pool: { Domain: "people", ...pool },
    client: { ...hostedClient, ...client },
    clients,
    mfa,
  });
  Object.assign(cloud.context.aws, aws);
  const server = createServer((incoming, outgoing) => void serveHosted(cloud.context)(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    cloud,
    browser: () => new Browser(base),
    authorize(changes = {}) {
      const parameters = {
        response_type: "code",
        client_id: "client",
        redirect_uri: CALLBACK,
        scope: "openid email",
        state: "s t/a?te&=ü",
        nonce: "n+once",
        code_challenge: challenge,
        code_challenge_method: "S256",
        ...changes,
      };
      const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
      return `/${POOL_ID}/oauth2/authorize?${new URLSearchParams(given)}`;
    },
    async call(name, form, headers = {}) {
      const body = new URLSearchParams(form);
      const response = await fetch(`${base}/${POOL_ID}/${name}`, { method: "POST", body, headers });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await cloud.close();
    },
  };
}
