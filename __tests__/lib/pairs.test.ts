import type { EnvironmentSettings } from "../../lib/environments";
import type { UserPoolProps } from "../../lib/user-pool";
import { SES_MAIL } from "../all-triggers";
import { staffPool, testEnvironment } from "./synthesized";

// Settings that are right one by one, and that AWS compares with each other.

const ALLOWED =
  "must be an https address, http on this machine (localhost, 127.0.0.1 or [::1]), or an app's own such as myapp://callback";

describe("the addresses that people may be sent to", () => {
  it.each([
    "https://www.example.org",
    "https://www.example.org/in?from=app",
    "https://192.0.2.1:8443/",
    "http://localhost",
    "http://localhost:3000",
    "http://localhost/in",
    "http://127.0.0.1:8080/in",
    "http://[::1]:8080",
    "myapp://callback",
    "org.example.app://",
  ])("may be %s", (address) => {
    expect(testEnvironment({ callbackUrls: [address], logoutUrls: [address] }).callbackUrls).toEqual([address]);
  });

  it.each([
    ["https://www.example.org/#in", "must be without a fragment, which is what follows #"],
    ["https://www.example.org/#", "must be without a fragment, which is what follows #"],
    ["https://www.example.org/a b", "must be without spaces"],
    ["https://www.example.org/\n", "must be without spaces"],
    ["https://*.example.org/", "must be without *, because Cognito compares the whole address"],
    ["https://www.example.org/*", "must be without *, because Cognito compares the whole address"],
    ["https://", "must have a host"],
    ["https:///in", "must have a host"],
    ["https://?in", "must have a host"],
    ["https://:443/", "must have a host"],
    ["https://me:secret@www.example.org/", "must be without a user name and password"],
    ["https://me@www.example.org/", "must be without a user name and password"],
    ["http://www.example.org/", ALLOWED],
    ["http://localhost.example.org/", ALLOWED],
    ["http://localhost:99999/", ALLOWED],
    ["http://0.0.0.0/", ALLOWED],
    ["http://127.1/", ALLOWED],
    ["HTTPS://www.example.org/", ALLOWED],
    ["www.example.org", ALLOWED],
    ["/in", ALLOWED],
    ["", ALLOWED],
    ["javascript://www.example.org/%0aalert(1)", ALLOWED],
    ["data:text/html,hello", ALLOWED],
    [`https://www.example.org/${"x".repeat(1001)}`, "must have 1024 characters at most"],
  ])("may not be %s", (address, rule) => {
    for (const setting of ["callbackUrls", "logoutUrls"] as const) {
      expect(() => testEnvironment({ [setting]: ["https://example.org/", address] })).toThrow(
        new Error(`environments.test.${setting}.1 is ${JSON.stringify(address)}, but it ${rule}.`),
      );
    }
  });

  it("are 100 at most, and each stands once", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `https://www.example.org/${index}`);
    expect(testEnvironment({ callbackUrls: many(100), logoutUrls: many(100) }).callbackUrls).toHaveLength(100);
    expect(() => testEnvironment({ callbackUrls: many(101) })).toThrow("but it must name 100 addresses at most.");
    expect(() => testEnvironment({ logoutUrls: ["https://a.example/", "https://a.example/"] })).toThrow(
      new Error('environments.test.logoutUrls.1 is "https://a.example/", but it must be in the list once.'),
    );
  });

  it("can be none at sign-out, which Cognito takes", () => {
    expect(testEnvironment({ logoutUrls: [] }).logoutUrls).toEqual([]);
  });
});

describe("an environment", () => {
  const arn = (region: string, account: string, identity: string) =>
    `arn:aws:ses:${region}:${account}:identity/${identity}`;
  const mail = (identityArn: string, from: string, more = {}): Partial<EnvironmentSettings> => ({
    mail: { sender: "ses", identityArn, from, ...more },
  });
  const OWN = arn("eu-west-1", "111111111111", "example.org");
  const ADDRESS = arn("eu-west-1", "111111111111", "us@example.org");

  it.each<[string, Partial<EnvironmentSettings>]>([
    ["an address of the domain", mail(OWN, "us@example.org")],
    ["an address of the domain in another case", mail(OWN, "us@EXAMPLE.org")],
    ["an address of a sub-domain", mail(OWN, "Us <us@mail.example.org>")],
    ["the address itself", mail(ADDRESS, '"Us, Inc." <us@example.org>')],
    ["the address with a label", mail(ADDRESS, "us+accounts@example.org")],
    ["an encoded name", mail(OWN, "=?UTF-8?B?w5xz?= <us@example.org>")],
    ["a name with signs", mail(OWN, "Us & Co. <us@example.org>")],
    [
      "an identity of a Region that Cognito uses from others",
      mail(arn("us-east-1", "111111111111", "a.example"), "b@a.example"),
    ],
    ["an address for answers", mail(OWN, "us@example.org", { replyTo: "help@example.com" })],
    ["a boundary of the account", { permissionsBoundary: "arn:aws:iam::111111111111:policy/path/boundary" }],
    ["a boundary of AWS", { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" }],
    ["seven tags", { tags: Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`tag ${index}`, "a/b @c"])) }],
  ])("may have %s", (_, changes) => {
    expect(() => testEnvironment(changes)).not.toThrow();
  });

  it.each<[string, Partial<EnvironmentSettings>, string]>([
    [
      "an SES identity of another account",
      mail(arn("eu-west-1", "222222222222", "example.org"), "us@example.org"),
      'mail.identityArn is "arn:aws:ses:eu-west-1:222222222222:identity/example.org", but Cognito takes an SES identity of its own account 111111111111 alone.',
    ],
    [
      "an SES identity of a Region that Cognito cannot send from",
      mail(arn("eu-central-1", "111111111111", "example.org"), "us@example.org"),
      'mail.identityArn is "arn:aws:ses:eu-central-1:111111111111:identity/example.org", but pools of eu-west-1 can use an SES identity of eu-west-1, us-east-1, us-west-2 alone.',
    ],
    [
      "an SES identity of another partition",
      mail(OWN.replace("aws", "aws-cn"), "us@example.org"),
      'mail.identityArn is "arn:aws-cn:ses:eu-west-1:111111111111:identity/example.org", but it must be the ARN of an SES identity.',
    ],
    [
      "an address of another domain",
      mail(OWN, "Us <us@example.com>"),
      'mail.from is "Us <us@example.com>", but the SES identity is "example.org": give an address of example.org or of a sub-domain.',
    ],
    [
      "an address of a domain that only ends alike",
      mail(OWN, "us@badexample.org"),
      'mail.from is "us@badexample.org", but the SES identity is "example.org": give an address of example.org or of a sub-domain.',
    ],
    [
      "another address than the identity",
      mail(ADDRESS, "them@example.org"),
      'mail.from is "them@example.org", but the SES identity is "us@example.org": give that address.',
    ],
    [
      "a name that SES would not take",
      mail(OWN, "Ünion <us@example.org>"),
      'mail.from is "Ünion <us@example.org>", but it must be ASCII, because SES takes other letters only encoded: =?UTF-8?B?…?= <us@example.com>.',
    ],
    [
      "a name that is two addresses for SES",
      mail(OWN, "Us, Inc. <us@example.org>"),
      'mail.from is "Us, Inc. <us@example.org>", but it must have double quotes around a name with such signs: "Us, Inc." <us@example.com>.',
    ],
    [
      "a name for answers",
      mail(OWN, "us@example.org", { replyTo: "Help <help@example.org>" }),
      'mail.replyTo is "Help <help@example.org>", but it must be an address without a name: help@example.com.',
    ],
    ...[
      "us-iso-east-1",
      "us-isob-east-1",
      "eu-isoe-west-1",
      "us-gov-west-1",
      "cn-north-1",
      "eusc-de-east-1",
      "eu-west-1a",
    ].map((region): [string, Partial<EnvironmentSettings>, string] => [
      `the Region ${region}, whose ARNs do not begin with arn:aws:`,
      { region },
      `region is "${region}", but it must be an AWS Region such as eu-west-1.`,
    ]),
    [
      "a topic of another partition",
      { alarmTopic: "arn:aws-us-gov:sns:eu-west-1:111111111111:alarms" },
      'alarmTopic is "arn:aws-us-gov:sns:eu-west-1:111111111111:alarms", but it must be the ARN of an SNS topic.',
    ],
    [
      "a boundary of another account",
      { permissionsBoundary: "arn:aws:iam::222222222222:policy/boundary" },
      'permissionsBoundary is "arn:aws:iam::222222222222:policy/boundary", but roles of 111111111111 can only have a policy of 111111111111 or of AWS.',
    ],
    [
      "a topic whose name is too long",
      { alarmTopic: `arn:aws:sns:eu-west-1:111111111111:${"a".repeat(257)}` },
      `alarmTopic is "arn:aws:sns:eu-west-1:111111111111:${"a".repeat(257)}", but it must be the ARN of an SNS topic.`,
    ],
    ...["policy/", "policy/path/", "policy//boundary", `policy/${"a".repeat(129)}`].flatMap((policy) =>
      [
        [{ permissionsBoundary: `arn:aws:iam::111111111111:${policy}` }, ""] as const,
        [{ ci: { repository: "a/b", permissionsBoundary: `arn:aws:iam::111111111111:${policy}` } }, "ci."] as const,
      ].map(([changes, where]): [string, Partial<EnvironmentSettings>, string] => [
        `${policy} in ${JSON.stringify(changes)}`,
        changes,
        `${where}permissionsBoundary is "arn:aws:iam::111111111111:${policy}", but it must be the ARN of an IAM policy.`,
      ]),
    ),
    [
      "a branch whose name has no room in a trust policy",
      { ci: { repository: "a/b", branch: "b".repeat(201) } },
      `ci.branch is "${"b".repeat(201)}", but it must have 200 characters at most, so that the roles' trust policies have room for it.`,
    ],
    ...[
      ".us@example.org",
      "us.@example.org",
      "u..s@example.org",
      `${"u".repeat(65)}@example.org`,
      "us,them@example.org",
      "us(mail)@example.org",
      "Us <us;them@example.org>",
      "us@example.org,",
      "us@-.org",
      "us@localhost",
    ].map((from): [string, Partial<EnvironmentSettings>, string] => [
      `the sender ${from}`,
      mail(OWN, from),
      `mail.from is "${from}", but it must be an address, or a name with an address: Us <us@example.com>.`,
    ]),
    [
      "a boundary that is a role",
      { permissionsBoundary: "arn:aws:iam::111111111111:role/boundary" },
      'permissionsBoundary is "arn:aws:iam::111111111111:role/boundary", but it must be the ARN of an IAM policy.',
    ],
    [
      "a tag of the project",
      { tags: { Environment: "mine" } },
      'tags.Environment is "mine", but it must have another name: app, environment, managed-by are the project\'s own.',
    ],
    [
      "a tag of AWS",
      { tags: { "aws:team": "a" } },
      'tags.aws:team is "a", but it must have a name that does not begin with aws:.',
    ],
    [
      "two tags that are one for IAM",
      { tags: { team: "a", Team: "b" } },
      'tags.Team is "b", but it must have another name than "team": IAM ignores the case.',
    ],
    [
      "a tag with a sign that some services refuse",
      { tags: { team: "a;b" } },
      'tags.team is "a;b", but it must be letters, digits, spaces and _.:/=+-@.',
    ],
    [
      "more tags than the functions' code can have",
      { tags: Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`t${index}`, ""])) },
      'tags is {"t0":"","t1":"","t2":"","t3":"","t4":"","t5":"","t6":"","t7":""}, but it must be 7 tags at most: an object in S3 has 10 at most, and 3 are the project\'s.',
    ],
  ])("may not have %s", (_, changes, sentence) => {
    expect(() => testEnvironment(changes)).toThrow(new Error(`environments.test.${sentence}`));
  });
});

const names = (count: number) => Array.from({ length: count }, (_, index) => `attribute_${index}`);

describe("a pool", () => {
  const phone: Partial<UserPoolProps> = {
    signIn: "username-or-alias",
    verifies: ["phone_number"],
    clientAttributes: ["email", "phone_number"],
  };
  const settings =
    "environment, code, signIn, customAttributes, clientAttributes, authFlows, verifies, messages, passwordLength, passwordNeeds, selfSignUp, mfa, identityProviders, customDomain, managedLogin, tier, tokens, renamedFrom, awsName, access, blockList, triggers";

  it.each<[string, Partial<UserPoolProps>]>([
    ["recovery by phone without a second factor", phone],
    ["49 attributes beside the email address", { customAttributes: names(49) }],
    ["50 attributes", { signIn: "username", customAttributes: names(50) }],
    ["tokens that live as long as a refresh", { tokens: { refreshMinutes: 60, accessMinutes: 60 } }],
    ["a denied sub-domain", { access: { allowedDomains: ["example.org"], deniedDomains: ["a.example.org"] } }],
    ["access that refuses nobody", { access: {} }],
    ["the access of an environment without a block list", { access: testEnvironment().access }],
    [
      "denied domains of user names with addresses",
      {
        signIn: "username",
        clientAttributes: ["email"],
        access: { deniedDomains: ["example.com"] },
      },
    ],
  ])("may have %s", (_, props) => {
    expect(() => staffPool(props)).not.toThrow();
  });

  it.each<[string, Partial<UserPoolProps> | object, string]>([
    ...(["ON", "OPTIONAL"] as const).map((mfa): [string, object, string] => [
      `recovery by a second factor that is ${mfa}`,
      { ...phone, mfa },
      `staff.mfa is "${mfa}" and staff.verifies has "phone_number": Terraform's provider then turns on text messages as a second factor too, and Cognito refuses to recover accounts by them: leave out one of the two.`,
    ]),
    [
      "an attribute twice",
      { customAttributes: ["plan", "plan"] },
      'staff.customAttributes.1 is "plan", but it must be in the list once.',
    ],
    [
      "an attribute twice in its client",
      { clientAttributes: ["email", "name", "email"] },
      'staff.clientAttributes.2 is "email", but it must be in the list once.',
    ],
    [
      "something twice to verify",
      { verifies: ["email", "email"] },
      'staff.verifies.1 is "email", but it must be in the list once.',
    ],
    ["a flow twice", { authFlows: ["srp", "srp"] }, 'staff.authFlows.1 is "srp", but it must be in the list once.'],
    [
      "a mark twice",
      { triggers: { preSignUp: { autoVerify: ["email", "email"], takeOverGuard: "skip" } } },
      'staff.triggers.preSignUp.autoVerify has "email" twice: leave one of them out.',
    ],
    [
      "a scope twice",
      {
        tier: "ESSENTIALS",
        triggers: { preTokenGeneration: { eventVersion: 2, accessToken: { addScopes: ["a/b", "a/b"] } } },
      },
      'staff.triggers.preTokenGeneration.accessToken.addScopes has "a/b" twice: leave one of them out.',
    ],
    [
      "a claim that is left out twice",
      { triggers: { preTokenGeneration: { idToken: { suppress: ["locale", "locale"] } } } },
      'staff.triggers.preTokenGeneration.idToken.suppress has "locale" twice: leave one of them out.',
    ],
    [
      "50 attributes beside the email address",
      { customAttributes: names(50) },
      "staff.customAttributes has 50 attributes, but this pool can have 49 at most.",
    ],
    [
      "51 attributes",
      { signIn: "username", customAttributes: names(51) },
      "staff.customAttributes has 51 attributes, but this pool can have 50 at most.",
    ],
    [
      "an attribute with its prefix",
      { customAttributes: ["custom:plan"] },
      'staff.customAttributes.0 is "custom:plan", but it must be without "custom:" or "dev:": Cognito puts custom: before it.',
    ],
    [
      "an attribute with a long name",
      { customAttributes: ["a_name_of_21_letters_"] },
      'staff.customAttributes.0 is "a_name_of_21_letters_", but it must be up to 20 letters, digits and underscores.',
    ],
    ...["email", "sub", "given_name"].map((name): [string, object, string] => [
      `the attribute ${name}, which it has`,
      { customAttributes: [name] },
      `staff.customAttributes.0 is "${name}", but it must have another name: every pool has this attribute.`,
    ]),
    ["a misspelt setting", { trigger: {} }, `staff has no setting "trigger"; allowed are ${settings}.`],
    [
      "no environment",
      { environment: undefined },
      "staff.environment is missing: it must be the stack's environment, of lib/environments.ts.",
    ],
    ["no code", { code: undefined }, "staff.code is missing: it must be the stack's FunctionCode."],
    [
      "a lifetime twice",
      { tokens: { accessHours: 1, accessMinutes: 60 } },
      "staff.tokens.accessMinutes is 60, but it must be left out, or accessHours must, which says the same.",
    ],
    [
      "a refresh that ends before the access token",
      { tokens: { refreshMinutes: 60, accessHours: 2 } },
      "staff.tokens.refreshMinutes is 60, but it must last as long as accessHours, which is 2, or longer.",
    ],
    [
      "a refresh that ends before the ID token",
      { tokens: { refreshMinutes: 90, idMinutes: 91 } },
      "staff.tokens.refreshMinutes is 90, but it must last as long as idMinutes, which is 91, or longer.",
    ],
    [
      "a short access token",
      { tokens: { accessMinutes: 4 } },
      "staff.tokens.accessMinutes is 4, but it must be 5 or more.",
    ],
    ...(
      [
        ["subject", "Code \u200d", "visible"],
        ["mail", "soft\u00adhyphen {####}", "visible"],
        ["mail", "bell\u0007 {####}", "visible"],
        ["sms", "\u{1f468}\u200d\u{1f469} {####}", "visible"],
        ["subject", "two\u2028lines", "one line, without {####}"],
        ["sms", "two\nlines {####}", "one line"],
      ] as const
    ).map(([part, text, rule]): [string, object, string] => [
      `the text ${JSON.stringify(text)} as ${part}`,
      { messages: { appName: "Example", verification: { [part]: text } } },
      `staff.messages.verification.${part} is ${JSON.stringify(text)}, but it must be ${rule === "visible" ? "without invisible characters, also without those inside an emoji" : rule}.`,
    ]),
    ...(
      [
        ["/aws/secret", "must not begin with /aws or /ssm, which SSM keeps for itself"],
        ["/SSM-secret", "must not begin with /aws or /ssm, which SSM keeps for itself"],
        [`/${"a".repeat(900)}`, "must have 900 characters at most, because SSM's limit includes the ARN"],
      ] as const
    ).map(([secretParameter, rule]): [string, object, string] => [
      `the parameter ${secretParameter}`,
      {
        messages: { appName: "Example" },
        triggers: {
          customEmailSender: { through: { webhook: { url: "https://codes.example.org/", secretParameter } } },
        },
      },
      `staff.triggers.customEmailSender.through.webhook.secretParameter is "${secretParameter}", but it ${rule}.`,
    ]),
    [
      "a kind of characters twice",
      { passwordNeeds: ["numbers", "numbers"] },
      'staff.passwordNeeds.1 is "numbers", but it must be in the list once.',
    ],
    [
      "confirmations of people who cannot sign up",
      {
        selfSignUp: false,
        triggers: { preSignUp: { autoConfirm: "everyone", confirmWithoutProof: true, withoutRecovery: true } },
      },
      "staff.triggers.preSignUp.autoConfirm is for people who sign themselves up, and staff.selfSignUp is false: leave out one of the two.",
    ],
    [
      "marks for people who cannot sign up",
      { selfSignUp: false, triggers: { preSignUp: { autoVerify: ["email"], takeOverGuard: "skip" } } },
      "staff.triggers.preSignUp.autoVerify is for people who sign themselves up, and staff.selfSignUp is false: leave out one of the two.",
    ],
    [
      "a domain in two spellings",
      { access: { deniedDomains: ["example.com", "Example.COM."] } },
      'staff.access.deniedDomains has "example.com" and "Example.COM.", which are one domain: leave one of them out.',
    ],
    [
      "a domain that is let in and refused",
      { access: { allowedDomains: ["example.com"], deniedDomains: ["EXAMPLE.com"] } },
      'staff.access.allowedDomains has "example.com", but deniedDomains has "EXAMPLE.com", which refuses the same people: leave one of them out.',
    ],
    [
      "a domain that is let in and refused with its parent",
      { access: { allowedDomains: ["a.example.com"], deniedDomains: ["example.com"], includeSubdomains: true } },
      'staff.access.allowedDomains has "a.example.com", but deniedDomains has "example.com", which refuses the same people: leave one of them out.',
    ],
    [
      "denied domains where nobody has an address",
      { signIn: "username", access: { deniedDomains: ["example.com"] } },
      "staff.access.deniedDomains refuses nobody, because people of this pool have no email address: leave it out, or change staff.signIn.",
    ],
    [
      "sub-domains of no domain",
      { access: { includeSubdomains: true } },
      "staff.access.includeSubdomains is about listed domains, and this pool has no list: add deniedDomains, allowedDomains or a blockList, or leave it out.",
    ],
    [
      "a rule for a block list that it does not have",
      { access: { onUnavailable: "allow" } },
      'staff.access.onUnavailable is "allow", which is about the block list, and this pool has none: add a blockList to staff, or leave it out.',
    ],
    ...(
      [
        [
          { deniedDomains: ["example.org"] },
          'has "example.org", whose users access.deniedDomains refuses: leave it out of one of them.',
        ],
        [
          { allowedDomains: ["example.com"] },
          'has "example.org", whose users access.allowedDomains does not let in: add it there, or leave it out.',
        ],
      ] as const
    ).map(([access, rest]): [string, object, string] => [
      `a registered domain that is kept out by ${JSON.stringify(access)}`,
      {
        access,
        triggers: {
          preSignUp: {
            autoConfirm: { registeredDomains: ["example.org"] },
            confirmWithoutProof: true,
            withoutRecovery: true,
          },
        },
      },
      `staff.triggers.preSignUp.autoConfirm.registeredDomains ${rest}`,
    ]),
  ])("may not have %s", (_, props, sentence) => {
    expect(() => staffPool(props, { mail: SES_MAIL })).toThrow(new Error(sentence));
  });
});
