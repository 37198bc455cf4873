import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import { isConfiguration, operations } from "../../local/gateway/operations";

const known = Object.keys(cognito)
  .filter((name) => name.endsWith("Command"))
  .map((name) => name.slice(0, -"Command".length));

describe("an operation", () => {
  it.each(Object.keys(operations))("%s is Cognito's, and the gateway's alone", (name) => {
    expect(known).toContain(name);
    expect(isConfiguration(name)).toBe(false);
  });

  it.each(Object.entries(operations))("%s is signed where it is an administrator's", (name, row) => {
    expect(row.signed).toBe(/^(Admin|ListUsers)/.test(name));
    expect(row.needs).toContain(row.signed ? "UserPoolId" : row.needs[0]);
  });

  it("on users is never passed on to the emulator, served or not", () => {
    const aboutUsers = /^Admin|User(s|Attribute|Attributes)?$|^(SignUp|ListUsersInGroup|InitiateAuth)$/;
    const passed = known.filter((name) => aboutUsers.test(name) && isConfiguration(name));
    expect(passed).toEqual([]);
  });
});
