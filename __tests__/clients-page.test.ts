import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./checkout";
import { CLIENTS } from "./trials/clients/clients";
import { clientsTable, stepsTable } from "./trials/clients/tables";

const read = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");

it.each([
  ["the clients", clientsTable],
  ["the steps", stepsTable],
])("docs/clients.md has the table of %s of the trial", (_, table) => {
  expect(read("docs", "clients.md")).toContain(`\n\n${table()}\n\n`);
});

it("names the version of the SDK for Go that is installed", () => {
  const { version } = CLIENTS.find(({ from }) => from === "Go modules") ?? {};
  const module = read("__tests__", "trials", "clients", "programs", "go", "go.mod");
  expect(module).toContain(`service/cognitoidentityprovider v${version}\n`);
});
