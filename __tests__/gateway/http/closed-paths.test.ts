import type { IncomingMessage } from "node:http";
import { isClosed } from "../../../gateway/http/closed-paths";

const closed = (method: string, url: string, headers = {}) => isClosed({ method, url, headers } as IncomingMessage);

describe("what never reaches the emulator", () => {
  it.each([
    "/_ministack/reset",
    "/_ministack/config",
    "/_ministack/reset?init=1",
    "//_ministack/reset",
    "/_ministack//reset",
    "/_ministack/%72eset",
    "/%5Fministack/reset",
    "/_MINISTACK/reset",
    "/bucket/../_ministack/reset",
    "http://127.0.0.1/_ministack/reset",
    "/_ministack/%zz",
  ])("POST %s", (url) => {
    expect(closed("POST", url)).toBe(true);
    expect(closed("POST", url, { "x-amz-target": "AWSCognitoIdentityProviderService.X" })).toBe(true);
  });

  it.each(["/login", "/oauth2/token", "/oauth2/authorize?x=1", "/logout", "/saml2/idpresponse"])(
    "hosted sign-in at %s, but a signed request to a bucket of that name does",
    (url) => {
      expect(closed("GET", url)).toBe(true);
      expect(closed("GET", url, { authorization: "AWS4-HMAC-SHA256 …" })).toBe(false);
    },
  );

  it.each([
    ["GET", "/_ministack/ready"],
    ["GET", "/loginpage"],
    ["PUT", "/bucket/ministack"],
    ["POST", "/"],
  ])("and nothing else: %s %s", (method, url) => {
    expect(closed(method, url)).toBe(false);
  });
});
