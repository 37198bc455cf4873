import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import { getUser } from "../../../gateway/operations/account";
import { confirmSignUp } from "../../../gateway/operations/confirm-sign-up";
import { forgotPassword } from "../../../gateway/operations/forgot-password";
import { findOperation, isConfiguration } from "../../../gateway/operations/lookup";
import { fromClientForUser, fromUser, type OperationTable } from "../../../gateway/operations/operation";
import { operations } from "../../../gateway/operations/table";
import { ROOT } from "../../checkout";

const names = Object.keys(operations);
const known = Object.keys(cognito)
  .filter((name) => /^\w+Command$/.test(name))
  .map((name) => name.slice(0, -"Command".length));

/** Operations of a user who has an access token, or who signs in. */
const withTokenOrSession = ["AssociateSoftwareToken", "VerifySoftwareToken"];

describe("an operation", () => {
  it.each(names)("%s is Cognito's, and the gateway's alone", (name) => {
    expect(known).toContain(name);
    expect(isConfiguration(name)).toBe(false);
  });

  it.each(names)("%s is signed where it is an administrator's", (name) => {
    const { signed, needs = [] } = findOperation(name) ?? {};
    expect(signed).toBe(/^(Admin|ListUsers)/.test(name));
    if (signed) expect(needs).toContain("UserPoolId");
  });

  it("is on the page of all operations, with who serves it, who may call it, and its triggers", () => {
    const rows = readFileSync(join(ROOT, "docs", "operations.md"), "utf8").matchAll(
      /^\| (\w+) \| (\w+) \| (.*?)\|(.*) \|$/gm,
    );
    const written = [...rows].map(([, name = "", place = "", caller = "", note = ""]) =>
      [name, place, caller.trim(), findOperation(name) ? note.trim() : ""].join(" | "),
    );
    const served = [...known].sort().map((name) => {
      const { signed, needs = [], triggers = [] } = findOperation(name) ?? {};
      const place = findOperation(name) ? "gateway" : isConfiguration(name) ? "emulator" : "no";
      const ofUser = needs.includes("AccessToken") || withTokenOrSession.includes(name);
      const caller = signed || place === "emulator" ? "IAM" : ofUser ? "the user" : "anyone";
      return [name, place, place === "no" ? "" : caller, triggers.join(", ")].join(" | ");
    });
    expect(written).toEqual(served);
  });

  it("on users is never passed on to the emulator, served or not", () => {
    const aboutUsers = /^Admin|User(s|Attribute|Attributes)?$|^(SignUp|ListUsersInGroup|InitiateAuth)$/;
    const passed = known.filter((name) => aboutUsers.test(name) && isConfiguration(name));
    expect(passed).toEqual([]);
  });

  it("is refused without what it needs, before anything is looked up", () => {
    const input = { ClientId: "client", Username: "jo" };
    expect(() => operations.ConfirmSignUp.check(input)).toThrow("Value at 'confirmationCode' failed");
  });
});

// The compiler proves these: a line that it accepts after `@ts-expect-error` is an error.
it("a row of the table fits the operation that it is for", () => {
  const right: OperationTable = {
    ConfirmSignUp: fromClientForUser(confirmSignUp, ["ConfirmationCode"]),
    GetUser: fromUser(getUser, []),
  };
  // @ts-expect-error: the request has no member of this name.
  fromClientForUser(confirmSignUp, ["ConfirmationCod"]);
  // @ts-expect-error: a required member is missing.
  fromClientForUser(confirmSignUp, []);
  // @ts-expect-error: this member may be left out, so it must not be needed.
  fromClientForUser(confirmSignUp, ["ConfirmationCode", "ForceAliasCreation"]);
  // @ts-expect-error: this serves another operation, which needs less.
  const other: OperationTable = { ConfirmSignUp: fromClientForUser(forgotPassword, []) };
  // @ts-expect-error: an app client cannot ask for this; only a user with an access token can.
  const caller: OperationTable = { GetUser: fromClientForUser(confirmSignUp, ["ConfirmationCode"]) };
  // @ts-expect-error: Cognito has no such operation.
  const misspelt: OperationTable = { ConfirmSignUpp: fromUser(getUser, []) };
  expect([right, other, caller, misspelt]).toHaveLength(4);
});
