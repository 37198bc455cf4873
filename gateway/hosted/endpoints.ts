import { idpResponse } from "../federation/idp-response";
import { authorize } from "./authorize";
import { confirmUser } from "./confirm-user";
import type { Endpoint } from "./exchange";
import { confirmForgot, forgotPassword } from "./forgot-password";
import { login } from "./login";
import { logout } from "./logout";
import { revoke } from "./revoke";
import { mfa } from "./second-factor";
import { signup } from "./signup";
import { token } from "./token";
import { userInfo } from "./user-info";

interface HostedEndpoint {
  readonly serve: Endpoint;
  readonly methods: readonly ("GET" | "POST")[];
  /**
   * Who calls it: `browser` with a page or a redirect, to which another site may lead; `client` with JSON, to which only
   * programs and pages of this machine get.
   */
  readonly for: "browser" | "client";
}

const endpointFor =
  (who: HostedEndpoint["for"]) =>
  (serve: Endpoint, ...methods: HostedEndpoint["methods"]): HostedEndpoint => ({ serve, methods, for: who });
const browser = endpointFor("browser");
const client = endpointFor("client");

/**
 * The hosted endpoints of a pool, by their path below its base address.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html
 */
export const endpoints = new Map<string, HostedEndpoint>([
  ["oauth2/authorize", browser(authorize, "GET")],
  ["oauth2/idpresponse", browser(idpResponse, "GET")],
  ["login", browser(login, "GET", "POST")],
  ["mfa", browser(mfa, "GET", "POST")],
  ["signup", browser(signup, "GET", "POST")],
  ["confirmUser", browser(confirmUser, "GET", "POST")],
  ["forgotPassword", browser(forgotPassword, "GET", "POST")],
  ["confirmForgotPassword", browser(confirmForgot, "GET", "POST")],
  ["logout", browser(logout, "GET")],
  ["oauth2/token", client(token, "POST")],
  ["oauth2/userInfo", client(userInfo, "GET", "POST")],
  ["oauth2/revoke", client(revoke, "POST")],
]);

const pathOf = (names: readonly string[]) => new RegExp(`^/([\\w-]+_\\w+)/(${names.join("|")})$`);
const namesFor = (who: HostedEndpoint["for"]) =>
  [...endpoints].filter(([, endpoint]) => endpoint.for === who).map(([name]) => name);

/** The path of any endpoint: the pool, and the name of the endpoint. */
export const hostedPath = pathOf([...endpoints.keys()]);
export const browserPath = pathOf(namesFor("browser"));
export const clientPath = pathOf(namesFor("client"));
