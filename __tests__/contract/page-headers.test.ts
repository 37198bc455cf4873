import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pageHeaders } from "../../contract/page-headers";
import { ROOT } from "../checkout";

const docs = readFileSync(join(ROOT, "docs/page.md"), "utf8").replace(/\s+/g, " ");

it.each(Object.entries(pageHeaders({ region: "eu-west-1" })))("is documented: %s", (name, value) => {
  expect(docs).toContain(`${name}: ${value}`);
});

it("lets the page talk to one Cognito", () => {
  const policy = pageHeaders({ region: "eu-west-1", endpoint: "http://127.0.0.1:4566" })["content-security-policy"];
  expect(policy).toContain("connect-src 'self' http://127.0.0.1:4566;");
  expect(policy).not.toMatch(/unsafe|\*|https:/);
});

it("lets the page talk to the hosted sign-in of its pools, where it offers one", () => {
  const hosted = ["https://auth.example.org", "https://auth.example.org/pool"];
  const policy = pageHeaders({ region: "eu-west-1", hosted })["content-security-policy"];
  const cognito = "https://cognito-idp.eu-west-1.amazonaws.com";
  expect(policy).toContain(`connect-src 'self' ${cognito} https://auth.example.org;`);
});
