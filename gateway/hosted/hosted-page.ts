import type { ClientContext, PoolContext } from "../context";
import { isException } from "../exceptions";
import { admitsOwnUsers } from "../pools/client-providers";
import { type AuthorizationRequest, readAuthorizationRequest } from "./authorization-request";
import { checkCsrf, csrfField, csrfFor } from "./csrf";
import type { Endpoint, HostedAnswer, HostedRequest } from "./exchange";
import { hidden, page } from "./html";
import { invalidRequest } from "./oauth-error";

/** A page of the hosted sign-in, for the request of an app client that is allowed. */
export interface HostedPage {
  readonly context: ClientContext;
  readonly request: HostedRequest;
  readonly authorization: AuthorizationRequest;
  /** What the person typed; an empty text where nothing was. */
  typed(name: string): string;
  /** The address of another page, with the request of the app client. */
  to(name: string): string;
  /** A page whose forms are protected. */
  show(parts: { title: string; body: (protection: string) => string; alert?: string; notice?: string }): HostedAnswer;
}

interface Steps {
  /** Shows the page. */
  readonly show: (
    at: HostedPage,
    messages: { alert?: string; notice?: string },
  ) => HostedAnswer | Promise<HostedAnswer>;
  /** Does what the form asks for. What it throws as an exception of Cognito's is shown to the person. */
  readonly submit: (at: HostedPage) => Promise<HostedAnswer>;
}

/** Makes the endpoint of a page with a form. */
export const hostedPage =
  ({ show, submit }: Steps): Endpoint =>
  async (context, request) => {
    const at = await open(context, request);
    if (request.method === "GET") return show(at, {});
    checkCsrf(context, request);
    if (!admitsOwnUsers(at.context.client)) throw invalidRequest("This app client does not take the pool's own users.");
    try {
      return await submit(at);
    } catch (error) {
      if (!isException(error)) throw error;
      return show(at, { alert: error.message });
    }
  };

async function open(context: PoolContext, request: HostedRequest): Promise<HostedPage> {
  const [forClient, authorization] = await readAuthorizationRequest(context, request.query);
  const { token, cookie } = csrfFor(context, request);
  return {
    context: forClient,
    request,
    authorization,
    typed: (name) => request.form.get(name) ?? "",
    to: (name) => `/${context.poolId}/${name}${request.search}`,
    show: ({ body, ...parts }) => page({ ...parts, body: body(hidden(csrfField, token)), cookies: [cookie] }),
  };
}
