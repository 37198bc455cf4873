import type { UserPoolProps } from "../../lib/user-pool";
import { statementsOf } from "./policies";
import { address, resource, staffPool as staff } from "./synthesized";

const POOL = "aws_cognito_user_pool";

it("lets people sign in by user name, or by an address or number that they have verified", () => {
  const stack = staff({ signIn: "username-or-alias" });
  const pool = resource(stack, POOL, "staff_");
  expect(pool).toMatchObject({
    alias_attributes: ["email", "phone_number"],
    auto_verified_attributes: ["email"],
    account_recovery_setting: { recovery_mechanism: [{ name: "verified_email", priority: 1 }] },
  });
  expect(pool.username_attributes).toBeUndefined();
  expect(resource(stack, "aws_cognito_user_pool_client", "staff_").write_attributes).toEqual(["email", "phone_number"]);
});

it("has attributes of its own", () => {
  expect(resource(staff({ customAttributes: ["domain"] }), POOL, "staff_").schema).toContainEqual({
    name: "domain",
    attribute_data_type: "String",
    required: false,
    mutable: true,
    developer_only_attribute: false,
    string_attribute_constraints: { min_length: "0", max_length: "256" },
  });
});

it("lets the guard look users up in its own pool, and in no other", () => {
  const triggers = {
    preSignUp: { autoVerify: ["email" as const], takeOverGuard: "skip" as const, confirmWithoutProof: true },
  };
  const stack = staff({ signIn: "username-or-alias", triggers });
  expect(statementsOf(stack, resource(stack, "aws_iam_role_policy", "staff_pre-sign-up_look-up-users").policy)).toEqual(
    [
      {
        Effect: "Allow",
        Action: "cognito-idp:AdminGetUser",
        Resource: `\${${address(stack, POOL, "staff_")}.arn}`,
      },
    ],
  );
});

type Refused = [what: string, props: Partial<UserPoolProps>, sentence: string];

describe("refuses in one sentence", () => {
  const proofless =
    "staff.triggers.preSignUp.autoConfirm lets people in who have not proven their address: set confirmWithoutProof to true if you accept that somebody can sign up with the address of another person, who then gets no account with it.";
  const unverified =
    'staff.triggers.preSignUp.autoConfirm leaves the address unverified, and Cognito sends no code for a forgotten password to it: add "email" to autoVerify, with takeOverGuard, or set withoutRecovery to true.';
  const notNeeded =
    "staff.triggers.preSignUp.withoutRecovery is only for a pool that recovers accounts, and that confirms people without a verified address: leave it out.";
  const confirmed = { autoConfirm: "everyone", confirmWithoutProof: true } as const;
  const verified = { ...confirmed, autoVerify: ["email" as const], takeOverGuard: "refuse" as const };
  const sample = {
    preSignUp: { autoConfirm: "custom:domain", confirmWithoutProof: true, withoutRecovery: true },
  } as const;

  it.each<Refused>([
    [
      "auto-verifying a sign-in name",
      { triggers: { preSignUp: { autoVerify: ["email"] } } },
      'staff.triggers.preSignUp.autoVerify has "email", which people of this pool sign in with, so Cognito would move it from its owner to a user who signs up with it: set takeOverGuard to "skip" or "refuse".',
    ],
    [
      "auto-verifying an alias",
      { signIn: "username-or-alias", triggers: { preSignUp: { autoVerify: ["phone_number"] } } },
      'staff.triggers.preSignUp.autoVerify has "phone_number", which people of this pool sign in with, so Cognito would move it from its owner to a user who signs up with it: set takeOverGuard to "skip" or "refuse".',
    ],
    [
      "verifying attributes that are refused",
      { signIn: "username", triggers: { preSignUp: { autoVerify: ["email"], anonymous: true } } },
      "staff.triggers.preSignUp.autoVerify does not go with anonymous, which refuses every attribute: leave one of them out.",
    ],
    [
      "accepting what is not done",
      { triggers: { preSignUp: { confirmWithoutProof: true } } },
      "staff.triggers.preSignUp.confirmWithoutProof accepts what autoConfirm and autoVerify do without proof, and neither is set: leave it out.",
    ],
    [
      "confirming nobody, before the trigger is attached",
      {
        signIn: "username-or-alias",
        clientAttributes: ["name"],
        triggers: {
          preSignUp: { autoConfirm: "everyone", confirmWithoutProof: true, withoutRecovery: true, attached: false },
        },
      },
      'staff.verifies is left out, which means "email", an attribute that the app client may not write, so nobody who signs up could get a code: add "email" to staff.clientAttributes, or set verifies to what people can give.',
    ],
    [
      "verifying what nobody has proven, where codes confirm people",
      {
        signIn: "username-or-alias",
        triggers: { preSignUp: { autoVerify: ["phone_number"], takeOverGuard: "refuse" } },
      },
      "staff.triggers.preSignUp.autoVerify marks an address as verified that nobody has proven: set confirmWithoutProof to true if you accept that somebody can have the address or number of another person, sign in with it, and get the codes for it.",
    ],
    [
      "a least length where nobody chooses a name",
      { triggers: { preSignUp: { minimumUserNameLength: 5 } } },
      "staff.triggers.preSignUp.minimumUserNameLength is 5, but people of this pool sign in with their email address and choose no user name: leave it out.",
    ],
    [
      "the sample without its attribute",
      { triggers: sample },
      'staff.triggers.preSignUp.autoConfirm is "custom:domain", an attribute that this pool does not have: add "domain" to customAttributes.',
    ],
    [
      "the sample without the right to write it",
      { triggers: sample, customAttributes: ["domain"] },
      'staff.triggers.preSignUp.autoConfirm is "custom:domain", an attribute that the app client may not write: add "custom:domain" to clientAttributes.',
    ],
    ["confirming without proof", { triggers: { preSignUp: { autoConfirm: "everyone" } } }, proofless],
    [
      "confirming domains without proof",
      { triggers: { preSignUp: { autoConfirm: { registeredDomains: ["example.org"] } } } },
      proofless,
    ],
    [
      "confirming aliases without proof",
      { signIn: "username-or-alias", triggers: { preSignUp: { autoConfirm: "everyone" } } },
      proofless,
    ],
    ["confirming without recovery, unsaid", { triggers: { preSignUp: confirmed } }, unverified],
    [
      "confirming domains without recovery, unsaid",
      {
        triggers: { preSignUp: { autoConfirm: { registeredDomains: ["example.org"] }, confirmWithoutProof: true } },
      },
      unverified,
    ],
    [
      "recovery by another attribute than the one that is verified",
      {
        signIn: "username-or-alias",
        verifies: ["phone_number"],
        triggers: { preSignUp: verified },
      },
      unverified.replace('"email"', '"phone_number"'),
    ],
    [
      "codes for people who could get none",
      {
        authFlows: ["custom"],
        messages: { appName: "Example" },
        triggers: { preSignUp: { ...confirmed, withoutRecovery: true }, customAuth: {} },
      },
      'staff.triggers.preSignUp.autoConfirm leaves the address unverified, but people of this pool sign in with codes, which are mailed only to a verified address: add "email" to autoVerify, with takeOverGuard.',
    ],
    [
      "recovery by a number that not everybody has",
      {
        verifies: ["email", "phone_number"],
        clientAttributes: ["email", "phone_number"],
        triggers: { preSignUp: { ...confirmed, autoVerify: ["phone_number"], takeOverGuard: "refuse" } },
      },
      unverified,
    ],
    [
      "recovery by one of two aliases",
      {
        signIn: "username-or-alias",
        verifies: ["email", "phone_number"],
        triggers: { preSignUp: verified },
      },
      unverified.replace('"email"', '"phone_number"'),
    ],
    [
      "confirming user names by a domain without proof",
      {
        signIn: "username",
        clientAttributes: ["email"],
        triggers: { preSignUp: { autoConfirm: { registeredDomains: ["example.org"] } } },
      },
      proofless,
    ],
    [
      "confirming people by a domain that they cannot give",
      { signIn: "username", triggers: { preSignUp: { autoConfirm: { registeredDomains: ["example.org"] } } } },
      'staff.triggers.preSignUp.autoConfirm confirms people by the domain of their address, which they cannot give: add "email" to staff.clientAttributes, or set "everyone".',
    ],
    ["no recovery where nobody is confirmed", { triggers: { preSignUp: { withoutRecovery: true } } }, notNeeded],
    ["no recovery where there is one", { triggers: { preSignUp: { ...verified, withoutRecovery: true } } }, notNeeded],
    [
      "no recovery where there can be none",
      { signIn: "username", triggers: { preSignUp: { autoConfirm: "everyone", withoutRecovery: true } } },
      notNeeded,
    ],
    [
      "only some domains where nobody has an address",
      { signIn: "username", access: { allowedDomains: ["example.org"] } },
      "staff.access.allowedDomains refuses everybody without an email address, and people of this pool have none: leave it out, or change staff.signIn.",
    ],
    [
      "only some domains where nobody can give an address at sign-up",
      {
        signIn: "username-or-alias",
        clientAttributes: ["locale"],
        access: { allowedDomains: ["example.org"] },
      },
      'staff.access.allowedDomains refuses everybody without an email address, and people who sign themselves up cannot give one: add "email" to staff.clientAttributes, or set staff.selfSignUp to false.',
    ],
    ...(["email", "username-or-alias"] as const).map(
      (signIn): Refused => [
        `only some domains where a phone number confirms a person who signs in with ${signIn}`,
        {
          signIn,
          verifies: ["email", "phone_number"],
          clientAttributes: ["email", "phone_number"],
          access: { allowedDomains: ["example.org"] },
        },
        'staff.access.allowedDomains needs a proven address, but with "phone_number" in staff.verifies a person is confirmed by the phone number alone, and may give any address: take it out, or leave out allowedDomains.',
      ],
    ),
    [
      "addresses that people sign in with and nobody proves",
      { verifies: ["phone_number"], clientAttributes: ["email", "phone_number"] },
      'staff.verifies has no "email", which people of this pool sign in with: without it, anybody could take the address of another person. Add it.',
    ],
    [
      "codes to an address that nobody can give, by default",
      { signIn: "username-or-alias", clientAttributes: ["phone_number"] },
      'staff.verifies is left out, which means "email", an attribute that the app client may not write, so nobody who signs up could get a code: add "email" to staff.clientAttributes, or set verifies to what people can give.',
    ],
    [
      "a group for people who confirm themselves, where nobody does",
      { selfSignUp: false, triggers: { postConfirmation: { group: "members" } } },
      "staff.triggers.postConfirmation does not run for people whom administrators create, and staff.selfSignUp is false, so nobody would get into the group: set afterPasswordReset to true, or leave it out.",
    ],
    [
      "codes as the only way in, which are not sent yet",
      { authFlows: ["custom"], messages: { appName: "Example" }, triggers: { customAuth: { attached: false } } },
      'staff.triggers.customAuth.attached is false, and "custom" is the only flow of staff.authFlows, so nobody could sign in: keep "srp" or "password" there until it is attached.',
    ],
    [
      "codes to an address that nobody can give",
      { signIn: "username-or-alias", verifies: ["email"], clientAttributes: ["phone_number"] },
      'staff.verifies has "email", an attribute that the app client may not write: add it to clientAttributes.',
    ],
  ])("%s", (_, props, sentence) => {
    expect(() => staff(props)).toThrow(new Error(sentence));
  });

  it("but not what is acknowledged by name", () => {
    staff({ selfSignUp: false, triggers: { postConfirmation: { group: "members", afterPasswordReset: true } } });
    staff({
      signIn: "username-or-alias",
      clientAttributes: ["locale"],
      triggers: { preSignUp: { ...confirmed, withoutRecovery: true } },
    });
    staff({
      triggers: sample,
      customAttributes: ["domain"],
      clientAttributes: ["email", "custom:domain"],
    });
    staff({ triggers: { preSignUp: { ...confirmed, withoutRecovery: true } } });
    staff({ triggers: { preSignUp: verified } });
    staff({
      signIn: "username-or-alias",
      selfSignUp: false,
      clientAttributes: ["locale"],
      access: { allowedDomains: ["example.org"] },
    });
    staff({
      signIn: "username",
      triggers: { preSignUp: { autoConfirm: "everyone", minimumUserNameLength: 5 } },
    });
  });
});
