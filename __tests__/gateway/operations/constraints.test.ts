import { checkConstraints } from "../../../gateway/operations/constraints";
import { findOperation } from "../../../gateway/operations/lookup";
import { schemaOf } from "../../../gateway/operations/request";
import { operations } from "../../../gateway/operations/table";

const start = "1 validation error detected: Value at";
const long = (length: number) => "x".repeat(length);

describe("a request that breaks Cognito's service model is refused before anything is looked up", () => {
  it.each<[operation: string, input: object, path: string, rule: string]>([
    ["ListUsers", { Filter: `email = "${long(248)}"` }, "filter", "have length less than or equal to 256"],
    ["ListUsers", { Limit: 61 }, "limit", "have value less than or equal to 60"],
    ["AdminListGroupsForUser", { Limit: -1 }, "limit", "have value greater than or equal to 0"],
    [
      "ListUsers",
      { AttributesToGet: ["sub", ""] },
      "attributesToGet.2.member",
      "have length greater than or equal to 1",
    ],
    ["ListUsers", { UserPoolId: "pool" }, "userPoolId", "satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+"],
    ["SignUp", { ClientId: "a b" }, "clientId", "satisfy regular expression pattern: [\\w+]+"],
    ["SignUp", { SecretHash: "" }, "secretHash", "have length greater than or equal to 1"],
    [
      "SignUp",
      { ValidationData: [{ Name: long(33), Value: "" }] },
      "validationData.1.member.name",
      "have length less than or equal to 32",
    ],
    [
      "AdminCreateUser",
      { UserAttributes: [{ Name: "name" }, { Name: "name", Value: long(2049) }] },
      "userAttributes.2.member.value",
      "have length less than or equal to 2048",
    ],
    [
      "SignUp",
      { ClientMetadata: { [long(131_073)]: "" } },
      "clientMetadata",
      "have length less than or equal to 131072",
    ],
    ["SignUp", { ClientMetadata: { a: long(131_073) } }, "clientMetadata", "have length less than or equal to 131072"],
    ["RespondToAuthChallenge", { Session: long(19) }, "session", "have length greater than or equal to 20"],
    ["VerifySoftwareToken", { UserCode: "12345" }, "userCode", "have length greater than or equal to 6"],
    ["ConfirmSignUp", { ConfirmationCode: "12 34" }, "confirmationCode", "satisfy regular expression pattern: [\\S]+"],
    ["GetUser", { AccessToken: "a b" }, "accessToken", "satisfy regular expression pattern: [A-Za-z0-9-_=.]+"],
    [
      "AdminAddUserToGroup",
      { GroupName: "the group" },
      "groupName",
      "satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
    ],
    [
      "AdminLinkProviderForUser",
      { SourceUser: { ProviderName: long(33) } },
      "sourceUser.providerName",
      "have length less than or equal to 32",
    ],
    ["AdminCreateUser", { MessageAction: "NONE" }, "messageAction", "satisfy enum value set: [RESEND, SUPPRESS]"],
    [
      "AdminCreateUser",
      { DesiredDeliveryMediums: ["EMAIL", "FAX"] },
      "desiredDeliveryMediums.2.member",
      "satisfy enum value set: [EMAIL, SMS]",
    ],
  ])("%s %#", (operation, input, path, rule) => {
    const message = `${start} '${path}' failed to satisfy constraint: Member must ${rule}`;
    expect(() => checkConstraints(operation, { ...input })).toThrow(
      expect.objectContaining({ name: "InvalidParameterException", message }),
    );
  });

  it.each(["AuthFlow", "ChallengeName"])(
    "an unknown %s is no value of the model, and no gap of the local cloud",
    (name) => {
      const operation = name === "AuthFlow" ? "InitiateAuth" : "RespondToAuthChallenge";
      expect(() => checkConstraints(operation, { [name]: "PIGEON" })).toThrow("Member must satisfy enum value set: [");
      expect(() =>
        checkConstraints(operation, { [name]: name === "AuthFlow" ? "USER_AUTH" : "SMS_OTP" }),
      ).not.toThrow();
    },
  );

  it("goes by the members, and not by what a client calls its own data", () => {
    const ClientMetadata = { Name: "", Session: "x", UserPoolId: "x", Limit: "99" };
    expect(() => checkConstraints("SignUp", { ClientMetadata })).not.toThrow();
    const AuthParameters = { Session: "x", USERNAME: "jo" };
    expect(() => checkConstraints("InitiateAuth", { AuthParameters })).not.toThrow();
  });

  it("counts characters, not the halves of some", () => {
    const Value = "🙂".repeat(2048);
    expect(() => checkConstraints("SignUp", { UserAttributes: [{ Name: "name", Value }] })).not.toThrow();
  });
});

it("every member of a request that the gateway serves either has a rule, or is known to need none", () => {
  const free = ["Username", "Password", "PreviousPassword", "ProposedPassword", "TemporaryPassword", "ClientSecret"];
  const unread = [
    "AnalyticsMetadata",
    "ContextData",
    "UserContextData",
    "DeviceKey",
    "DeviceName",
    "RevokeAssociatedSessions",
  ];
  const names = Object.keys(operations).filter((name) => findOperation(name));
  const lax = names.flatMap((operation) =>
    [...schemaOf(operation).structIterator()]
      .filter(([member, schema]) => schema.isStringSchema() && ![...free, ...unread].includes(member))
      .filter(
        ([member]) => isAccepted(operation, { [member]: long(200_000) }) && isAccepted(operation, { [member]: " " }),
      )
      .map(([member]) => `${operation}.${member}`),
  );
  expect(lax).toEqual([]);
});

function isAccepted(operation: string, input: Record<string, unknown>): boolean {
  try {
    checkConstraints(operation, input);
    return true;
  } catch {
    return false;
  }
}
