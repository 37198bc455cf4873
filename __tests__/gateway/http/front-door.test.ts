import { readdirSync, readFileSync } from "node:fs";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { join } from "node:path";
import type { GatewayContext } from "../../../gateway/context";
import { browserRoutes } from "../../../gateway/http/browser-routes";
import { decide, type Sender, senderOf } from "../../../gateway/http/front-door";
import { ROOT } from "../../checkout";

/** The door of the gateway's port. Nothing is served here: what counts is who would serve it. */
const routes = browserRoutes({} as GatewayContext);
const serve = () => {};
const whyBlocked = (request: Parameters<typeof decide>[0]) => {
  const decision = decide(request, { routes, serve });
  return "blocked" in decision ? decision.blocked : undefined;
};

type Headers = Record<string, string>;

const browser = (site: string, mode: string, dest: string, more: Headers = {}): Headers => ({
  "sec-fetch-site": site,
  "sec-fetch-mode": mode,
  "sec-fetch-dest": dest,
  ...more,
});
const evil = { origin: "http://evil.example" };
const own = { origin: "http://localhost:3000" };

/** As each of them was seen to send its requests: Chromium 156, Node 20, Python 3.11, curl 7.88. */
const senders: [Sender, sent: string, Headers][] = [
  ["program", "curl", { "user-agent": "curl/7.88.1", accept: "*/*" }],
  ["program", "boto3", { "user-agent": "Boto3/1.40 md/Botocore#1.40", "x-amz-date": "20261126T000000Z" }],
  ["program", "Terraform's provider", { "user-agent": "APN/1.0 HashiCorp/1.0 Terraform/1.11.4" }],
  ["program", "the AWS SDK for JavaScript in Node", { "user-agent": "aws-sdk-js/3.1164.0", "amz-sdk-request": "1" }],
  ["program", "the fetch of Node, as functions use it", { "user-agent": "node", "sec-fetch-mode": "cors" }],

  ["page", "fetch, same origin", browser("same-origin", "cors", "empty", { referer: "http://localhost:5173/" })],
  ["page", "fetch of another port", browser("same-site", "cors", "empty", own)],
  ["page", "fetch from localhost to 127.0.0.1", browser("cross-site", "cors", "empty", own)],
  ["page", "fetch from 127.0.0.1", browser("cross-site", "cors", "empty", { origin: "http://127.0.0.1:8080" })],
  ["page", "fetch from [::1], over TLS", browser("cross-site", "cors", "empty", { origin: "https://[::1]:8443" })],
  ["page", "image without a referrer", browser("same-site", "no-cors", "image")],
  ["page", "link", browser("same-site", "navigate", "document", { referer: "http://localhost:5173/" })],
  ["page", "WebSocket", { upgrade: "websocket", ...own }],
  ["page", "an old browser's image", { referer: "http://localhost:3000/a" }],

  ["person", "typed address", browser("none", "navigate", "document")],

  ["link", "link", browser("cross-site", "navigate", "document", { referer: "http://evil.example/" })],
  ["link", "window.open without a referrer", browser("cross-site", "navigate", "document")],

  ["elsewhere", "fetch", browser("cross-site", "cors", "empty", evil)],
  ["elsewhere", "fetch, no-cors, no referrer", browser("cross-site", "no-cors", "empty")],
  ["elsewhere", "fetch by POST, no-cors", browser("cross-site", "no-cors", "empty", evil)],
  ["elsewhere", "sendBeacon", browser("cross-site", "no-cors", "empty", evil)],
  ["elsewhere", "EventSource", browser("cross-site", "cors", "empty", evil)],
  ["elsewhere", "image", browser("cross-site", "no-cors", "image", { referer: "http://evil.example/" })],
  ["elsewhere", "script", browser("cross-site", "no-cors", "script")],
  ["elsewhere", "style sheet", browser("cross-site", "no-cors", "style")],
  ["elsewhere", "form in a frame", browser("cross-site", "navigate", "iframe", evil)],
  ["elsewhere", "form in the tab", browser("cross-site", "navigate", "document", evil)],
  ["elsewhere", "frame", browser("cross-site", "navigate", "iframe")],
  ["elsewhere", "WebSocket", { upgrade: "websocket", ...evil }],
  ["elsewhere", "sandboxed frame", browser("cross-site", "no-cors", "empty", { origin: "null" })],
  ["elsewhere", "a file or a redirect", browser("cross-site", "cors", "empty", { origin: "null" })],
  ["elsewhere", "extension", browser("none", "cors", "empty", { origin: "chrome-extension://abcdef" })],
  ["elsewhere", "an old browser's form", evil],
  ["elsewhere", "an old browser's image", { referer: "http://evil.example/a" }],
  ["elsewhere", "something that navigates and does not say from where", { "sec-fetch-mode": "navigate" }],
  ["elsewhere", "a site of that name", { origin: "http://localhost.evil.example" }],
  ["elsewhere", "a subdomain of localhost", { origin: "http://evil.localhost:3000" }],
  ["elsewhere", "an address that begins so", { origin: "http://127.0.0.1.evil.example" }],
  ["elsewhere", "a user of that name", { referer: "http://localhost@evil.example/" }],
  ["elsewhere", "two origins", { origin: "http://localhost:3000, http://evil.example" }],
  ["elsewhere", "no origin", { origin: "" }],
];

it.each(senders)("a %s: %s", (sender, _, headers) => {
  expect(senderOf(headers)).toBe(sender);
});

const target = (operation: string) => ({ "x-amz-target": `AWSCognitoIdentityProviderService.${operation}` });
const signed = { authorization: "AWS4-HMAC-SHA256 Credential=test/20261126/eu-west-1/iam/aws4_request" };
const query = "?X-Amz-Credential=test%2F20261126%2Feu-west-1%2Fiam%2Faws4_request&X-Amz-Signature=00";

/** Every kind of path, and who may reach it. */
const reached: [who: Sender[], method: string, url: string, Headers][] = [
  // What nobody serves is answered so, whoever asks.
  ...["SignUp", "InitiateAuth", "GetUser", "AssociateSoftwareToken", "UpdateGroup", "NoSuchOperation"].map(
    (name): (typeof reached)[0] => [["program", "page"], "POST", "/", target(name)],
  ),
  ...["AdminCreateUser", "ListUsers", "DeleteUserPool", "CreateUserPool", "CreateGroup", "DescribeUserPool"].map(
    (name): (typeof reached)[0] => [["program"], "POST", "/", target(name)],
  ),
  [["program"], "POST", "/", { ...target("SignUp"), ...signed }],
  [["program"], "POST", "/elsewhere", target("SignUp")],
  [["program"], "GET", "/", target("SignUp")],
  [["program", "page", "person"], "GET", "/eu-west-1_AbCdEf123/.well-known/jwks.json", {}],
  [["program", "page", "person"], "GET", "/eu-west-1_AbCdEf123/.well-known/openid-configuration", {}],
  [["program", "page", "person"], "GET", "/_local/mailbox", {}],
  [["program", "page", "person"], "HEAD", "/_local/mailbox", {}],
  [["program", "page", "person"], "GET", "/_local/triggers.json?x=1", {}],
  [["program"], "POST", "/_local/mailbox", {}],
  // The hosted sign-in. Another site may lead to its pages, and send nothing there.
  ...["oauth2/authorize", "login", "signup", "confirmUser", "forgotPassword", "confirmForgotPassword", "logout"].map(
    (name): (typeof reached)[0] => [
      ["program", "page", "person", "link"],
      "GET",
      `/eu-west-1_AbCdEf123/${name}?x=1`,
      {},
    ],
  ),
  [["program", "page"], "POST", "/eu-west-1_AbCdEf123/login?x=1", {}],
  [["program", "page"], "POST", "/eu-west-1_AbCdEf123/oauth2/token", {}],
  [["program", "page"], "POST", "/eu-west-1_AbCdEf123/oauth2/token", { authorization: "Basic eA==" }],
  [["program", "page"], "GET", "/eu-west-1_AbCdEf123/oauth2/userInfo", { authorization: "Bearer x" }],
  [["program", "page"], "POST", "/eu-west-1_AbCdEf123/oauth2/revoke", {}],
  [["program"], "POST", "/eu-west-1_AbCdEf123/oauth2/token", signed],
  [["program"], "POST", `/eu-west-1_AbCdEf123/oauth2/token${query}`, {}],
  [["program"], "GET", "/eu-west-1_AbCdEf123/login", { authorization: "Bearer x" }],
  [["program"], "GET", "/eu-west-1_AbCdEf123/login/x", {}],
  [["program"], "GET", "/eu-west-1_AbCdEf123/oauth2/other", {}],
  [["program"], "PUT", "/eu-west-1_AbCdEf123/login", {}],
  // The emulator's services.
  [["program"], "POST", "/", {}],
  [["program"], "POST", "/", signed],
  [["program"], "POST", `/${query}`, { "content-type": "text/plain" }],
  [["program"], "GET", `/${query}&Action=CreateRole`, {}],
  [["program"], "GET", "/", {}],
  [["program"], "POST", `/2015-03-31/functions/f/invocations${query}`, { "content-type": "text/plain" }],
  [["program"], "POST", "/", { "x-amz-target": "DynamoDB_20120810.ListTables" }],
  [["program"], "PUT", "/bucket/key", signed],
  [["program"], "GET", `/bucket/page.html${query}`, {}],
  [["program"], "DELETE", "/bucket", signed],
  // What looks like a path for browsers, and carries something else along.
  [["program"], "GET", `/a_b/.well-known/x${query}&Action=CreateRole`, {}],
  [["program"], "GET", `/eu-west-1_a/.well-known/jwks.json/..${query}`, {}],
  [["program"], "GET", `/bucket/_local/mailbox${query}`, {}],
  [["program"], "GET", `//_local/mailbox`, {}],
  [["program"], "GET", "/_ministack/ses/messages", {}],
  [["program"], "GET", "/_ministack/health", {}],
  [["program"], "GET", "/oauth2/authorize", {}],
  [["program"], "OPTIONS", "/bucket/key", {}],
];

const host = { host: "127.0.0.1:4566" };

describe.each(senders)("a %s (%s)", (sender, _, headers) => {
  it("reaches what is meant for it, and nothing else", () => {
    const come = reached.filter(
      ([, method, url, more]) => !whyBlocked({ method, url, headers: { ...host, ...headers, ...more } }),
    );
    expect(come).toEqual(reached.filter(([who]) => who.includes(sender)));
  });

  it("gets the right answer to a preflight", () => {
    const preflight = { ...headers, "access-control-request-method": "POST", "access-control-request-headers": "a" };
    const ask = (url: string) => whyBlocked({ method: "OPTIONS", url, headers: { ...host, ...preflight } });
    expect(ask("/") === undefined).toBe(["program", "page"].includes(sender));
    expect(ask("/bucket/key") === undefined).toBe(sender === "program");
  });
});

describe.each<Sender>(["page", "person"])("what is let in for one thing cannot do another (%s)", (sender) => {
  const [, , headers] = senders.find(([who]) => who === sender) ?? [sender, "", {}];
  it.each([
    "/_local/x",
    "/_local/mailbox.json?Action=CreateRole",
    "/eu-west-1_a/.well-known/jwks.json?Action=ListRoles",
  ])("%s is served by its page, whatever operation a header names", (url) => {
    const named = { ...host, ...headers, ...target("ListUserPools") };
    const decision = decide({ method: "GET", url, headers: named }, { routes, serve });
    expect(routes.filter(({ methods }) => methods.includes("GET"))).toContain(decision);
  });
});

it("lets a page of this machine ask for userInfo with a token, after a preflight", () => {
  const ask = (url: string, method: string) => {
    const headers = {
      ...host,
      ...own,
      "access-control-request-headers": "authorization",
      "access-control-request-method": method,
    };
    const decision = decide({ method: "OPTIONS", url, headers }, { routes, serve });
    if ("blocked" in decision) return "blocked";
    const outgoing = new ServerResponse(new IncomingMessage(new Socket()));
    const answer = jest.spyOn(outgoing, "writeHead");
    decision.serve(Object.assign(new IncomingMessage(new Socket()), { headers }), outgoing);
    return Object(answer.mock.lastCall?.[1])["access-control-allow-headers"];
  };
  expect(ask("/eu-west-1_AbCdEf123/oauth2/userInfo", "GET")).toBe("authorization");
  expect(ask("/", "POST")).toBe("");
});

describe("the name that it is called by", () => {
  const refused = (name: string | undefined, headers: Headers = {}) =>
    whyBlocked({ method: "POST", url: "/", headers: { ...(name !== undefined && { host: name }), ...headers } });

  it.each(["localhost", "LOCALHOST:4566", "127.0.0.1:1", "127.1.2.3", "[::1]:4566", "bucket.localhost:4566"])(
    "%s is this machine's",
    (name) => expect(refused(name)).toBeUndefined(),
  );

  it.each([
    undefined,
    "",
    "evil.example",
    "evil.example:4566",
    "localhost.evil.example:4566",
    "127.0.0.1.evil.example",
    "evil.example#localhost",
    "localhost@evil.example",
    "0.0.0.0:4566",
    "192.168.1.2:4566",
    "[::]:4566",
    "localhost:4566, evil.example",
    "s3.eu-west-1.amazonaws.com",
  ])("%s is not, for any caller", (name) => {
    const sentence = `This local cloud answers to localhost and 127.0.0.1, not to "${name ?? ""}".`;
    expect(refused(name)).toBe(sentence);
    expect(refused(name, browser("same-origin", "cors", "empty"))).toBe(sentence);
  });
});

it("takes a name below localhost from programs alone", () => {
  const to = (headers: Headers) =>
    whyBlocked({ method: "GET", url: "/_local/mailbox", headers: { host: "evil.localhost:4566", ...headers } });
  expect(to({})).toBeUndefined();
  expect(to(browser("same-site", "navigate", "iframe"))).toContain("may not reach");
});

it("lets a page send nothing signed, not even to read the mailbox", () => {
  const to = (url: string, headers: Headers) =>
    whyBlocked({ method: "GET", url, headers: { ...host, ...own, ...headers } });
  expect(to("/_local/mailbox", {})).toBeUndefined();
  expect(to("/_local/mailbox", signed)).toContain("Only programs");
  expect(to(`/_local/mailbox${query}`, {})).toContain("Only programs");
});

it("says in a sentence what is in the way", () => {
  const to = (headers: Headers) => whyBlocked({ method: "POST", url: "/", headers: { ...host, ...headers } });
  expect(to(evil)).toBe("A page of another site may not reach the local cloud of this machine.");
  expect(to({ ...own, ...target("AdminGetUser") })).toBe("Only programs may do this, and not a page in a browser.");
  expect(to(browser("cross-site", "navigate", "document"))).toBe(
    "Another site has sent you here. If you want to go on, type the address yourself.",
  );
});

it("stands in front of every server: only one file makes any", () => {
  const files = ["gateway", "local"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  const servers = files.filter(
    (name) => name.endsWith(".ts") && /createServer.*"(node:)?https?2?"/.test(readFileSync(join(ROOT, name), "utf8")),
  );
  expect(servers).toEqual([join("gateway", "http", "listen.ts")]);
});
