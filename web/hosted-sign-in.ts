import { generateCodeVerifier, generateState } from "aws-amplify/adapter-core";
import { decodeJWT } from "aws-amplify/auth";
import { DefaultTokenStore } from "aws-amplify/auth/cognito";
import { sessionStorage } from "aws-amplify/utils";
import type { Pool } from "./pool";

/** What this tab remembers of a sign-in that it has left for. */
interface Departure {
  readonly clientId: string;
  readonly provider: string;
  readonly state: string;
  readonly verifier: string;
  /** Whether it is the second one: Cognito refuses the first sign-in after it has linked somebody. */
  readonly again: boolean;
}

/** An error that the hosted sign-in has sent back. */
export class HostedSignInError extends Error {
  override readonly name = "HostedSignInError";
}

/** How Cognito answers the sign-in in which somebody was linked to a profile that exists. */
const JUST_LINKED = /Already found an entry for username/i;

const DEPARTURE = "hosted-sign-in.departure";
const cameFromOf = (clientId: string) => `hosted-sign-in.${clientId}`;

/** The address of this page, as the app client's callback and logout URLs have it. */
const here = () => `${location.origin}${location.pathname}`;

/**
 * Signs people in at an identity provider of a pool: by an authorization code, with PKCE.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export function hostedSignIn({ clientId, hosted }: Pool, config: Parameters<DefaultTokenStore["setAuthConfig"]>[0]) {
  const store = new DefaultTokenStore();
  store.setAuthConfig(config);
  store.setKeyValueStorage(sessionStorage);

  async function leave(provider: string, again = false): Promise<never> {
    const verifier = generateCodeVerifier(64);
    const departure: Departure = { clientId, provider, again, state: generateState(), verifier: verifier.value };
    await sessionStorage.setItem(DEPARTURE, JSON.stringify(departure));
    const query = new URLSearchParams({
      identity_provider: provider,
      response_type: "code",
      client_id: clientId,
      redirect_uri: here(),
      state: departure.state,
      code_challenge: verifier.toCodeChallenge(),
      code_challenge_method: verifier.method,
    });
    return goTo(`${hosted}/oauth2/authorize?${query}`);
  }

  /** What this tab left for, if it has come back from there. It counts once. */
  async function departure(answer: URLSearchParams): Promise<Departure | undefined> {
    const kept = await sessionStorage.getItem(DEPARTURE);
    const left: Departure | undefined = kept ? JSON.parse(kept) : undefined;
    if (left?.clientId !== clientId || left.state !== answer.get("state")) return undefined;
    await sessionStorage.removeItem(DEPARTURE);
    history.replaceState(null, "", here());
    return left;
  }

  return {
    /** Leaves this page for the provider. */
    leave: (provider: string) => leave(provider),

    /**
     * Stores the tokens, if the address of the page is the answer to a sign-in of this pool and this tab.
     * @throws HostedSignInError when the sign-in was refused
     */
    async arrive(): Promise<void> {
      const answer = new URLSearchParams(location.search);
      const left = await departure(answer);
      if (!left) return;
      const error = answer.get("error_description") ?? answer.get("error");
      if (error && JUST_LINKED.test(error) && !left.again) return leave(left.provider, true);
      if (error) throw new HostedSignInError(error);
      const tokens = await redeem(answer.get("code") ?? "", left.verifier);
      const [accessToken, idToken] = [decodeJWT(tokens.access_token), decodeJWT(tokens.id_token)];
      const username = String(accessToken.payload.username);
      await store.storeTokens({ accessToken, idToken, refreshToken: tokens.refresh_token, clockDrift: 0, username });
      await sessionStorage.setItem(cameFromOf(clientId), left.provider);
    },

    /** Ends the sign-in of this browser at the pool too, if it began there: it would let the next person in. */
    async signOut(): Promise<void> {
      const cameFrom = await sessionStorage.getItem(cameFromOf(clientId));
      if (!cameFrom) return;
      await sessionStorage.removeItem(cameFromOf(clientId));
      return goTo(`${hosted}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: here() })}`);
    },
  };

  async function redeem(code: string, code_verifier: string): Promise<Tokens> {
    const grant = { grant_type: "authorization_code", client_id: clientId, redirect_uri: here(), code, code_verifier };
    const answer = await fetch(`${hosted}/oauth2/token`, { method: "POST", body: new URLSearchParams(grant) });
    const body = (await answer.json()) as Tokens & { error?: string; error_description?: string };
    if (!answer.ok) throw new HostedSignInError(body.error_description ?? body.error ?? "the code was refused");
    return body;
  }
}

interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token?: string;
}

/** Nothing of this page goes on after it. */
function goTo(address: string): Promise<never> {
  location.assign(address);
  return new Promise(() => {});
}
