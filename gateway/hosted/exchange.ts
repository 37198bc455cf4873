import type { IncomingHttpHeaders } from "node:http";
import type { PoolContext } from "../context";

/** A request to a hosted endpoint of a pool. */
export interface HostedRequest {
  readonly method: "GET" | "POST";
  /** The query as it came, with its question mark: one page passes it on to the next. */
  readonly search: string;
  readonly query: URLSearchParams;
  /** The form that was sent; empty where the body is none. */
  readonly form: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

export interface HostedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body: string;
}

export type Endpoint = (context: PoolContext, request: HostedRequest) => Promise<HostedAnswer>;

/** A redirect that a browser follows by GET, also after a form. */
export const redirect = (location: string, cookies: readonly string[] = []): HostedAnswer => ({
  status: 303,
  headers: { location },
  cookies,
  body: "",
});

export const json = (body: object, status = 200, headers: HostedAnswer["headers"] = {}): HostedAnswer => ({
  status,
  headers: { "content-type": "application/json;charset=UTF-8", ...headers },
  body: JSON.stringify(body),
});

/** The address with these parameters added to its query. Nothing else of it changes. */
export function withQuery(address: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${address}${address.includes("?") ? "&" : "?"}${new URLSearchParams(given)}`;
}

/** The value of a parameter; undefined where it is absent or empty. RFC 6749 takes both for the same. */
export const parameterOf = (parameters: URLSearchParams, name: string): string | undefined =>
  parameters.get(name) || undefined;

/** A parameter that is there more than once. @see https://www.rfc-editor.org/rfc/rfc6749#section-3.1 */
export const repeated = (parameters: URLSearchParams): string | undefined =>
  [...new Set(parameters.keys())].find((name) => parameters.getAll(name).length > 1);
