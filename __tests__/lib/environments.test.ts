import {
  allEnvironments,
  checkEnvironment,
  type EnvironmentSettings,
  environments,
  isExampleAccount,
} from "../../lib/environments";
import { TEST_SETTINGS } from "./synthesized";

it("has a local environment and two examples, each right", () => {
  expect(environments({}).map(({ name, stage }) => [name, stage])).toEqual([
    ["local", "local"],
    ["dev", "test"],
    ["prod", "live"],
  ]);
});

it("gives all, whatever is asked for, to those that compare them", () => {
  expect(allEnvironments({ ENVIRONMENT: "prod" })).toEqual(environments({}));
});

it("knows the accounts of its examples", () => {
  expect(environments({}).map(({ account }) => isExampleAccount(account))).toEqual([true, true, true]);
  expect(["333333333333", "111111111112", "123456789012"].filter(isExampleAccount)).toEqual([]);
});

it("gives the one that is asked for", () => {
  expect(environments({ ENVIRONMENT: "prod" }).map(({ name }) => name)).toEqual(["prod"]);
});

it.each([
  [{ ENVIRONMENT: "production" }, 'ENVIRONMENT is "production", but the environments are local, dev, prod.'],
  [{ LOCAL_PORT: "http" }, 'LOCAL_PORT is "http", but it must be a port number from 1 to 65535.'],
  [{ LOCAL_PORT: "65536" }, 'LOCAL_PORT is "65536", but it must be a port number from 1 to 65535.'],
  [{ LOCAL_PACKAGING: "zip" }, 'LOCAL_PACKAGING is "zip", but it must be "archive" or "synth".'],
])("refuses the variables %j in one sentence", (variables, sentence) => {
  expect(() => environments(variables)).toThrow(new Error(sentence));
});

it("takes variables that are empty for absent", () => {
  expect(environments({ ENVIRONMENT: "", LOCAL_PORT: "", LOCAL_PACKAGING: "" })).toEqual(environments({}));
});

it.each<[string, object, string]>([
  [
    "an account",
    { account: "12" },
    'environments.test.account is "12", but it must be the 12 digits of an AWS account.',
  ],
  ["the wrong type", { account: 111111111111 }, "environments.test.account is 111111111111, but it must be text."],
  [
    "a region",
    { region: "europe" },
    'environments.test.region is "europe", but it must be an AWS Region such as eu-west-1.',
  ],
  [
    "a stage",
    { stage: "production" },
    'environments.test.stage is "production", but it must be "local" or "test" or "live".',
  ],
  [
    "a code grant without callback",
    { callbackUrls: [] },
    "environments.test.callbackUrls is [], but it must name one address at least, since Cognito refuses a code grant without it.",
  ],
  [
    "a missing callback",
    { callbackUrls: undefined },
    "environments.test.callbackUrls is missing: it must be a list of addresses.",
  ],
  [
    "a plain address",
    { callbackUrls: ["http://example.org"] },
    'environments.test.callbackUrls.0 is "http://example.org", but it must be an https address, http on this machine (localhost, 127.0.0.1 or [::1]), or an app\'s own such as myapp://callback.',
  ],
  [
    "no mail",
    { mail: undefined },
    'environments.test.mail is missing: it must be { sender: "cognito" } or { sender: "ses", identityArn, from }.',
  ],
  [
    "mail without identity",
    { mail: { sender: "ses", from: "a@b.example" } },
    "environments.test.mail.identityArn is missing: it must be the ARN of an SES identity.",
  ],
  [
    "a sender that is no address",
    {
      mail: {
        sender: "ses",
        identityArn: "arn:aws:ses:eu-west-1:111111111111:identity/b.example",
        from: "A <a@b.example",
      },
    },
    'environments.test.mail.from is "A <a@b.example", but it must be an address, or a name with an address: Us <us@example.com>.',
  ],
  [
    "a live environment without its mail identity",
    { stage: "live" },
    'environments.test.mail.sender is "cognito", which sends a few dozen mails a day: a live environment needs "ses" with its identityArn and from.',
  ],
  [
    "a zip at synthesis",
    { packaging: "synth" },
    'environments.test.packaging is "synth", but only a local environment may zip at synthesis.',
  ],
  [
    "a local endpoint",
    { endpoint: "http://127.0.0.1:4566" },
    'environments.test.stage is "test": account 000000000000 and an endpoint go with "local", and with nothing else.',
  ],
  [
    "a local environment in AWS",
    { stage: "local" },
    'environments.test.stage is "local": account 000000000000 and an endpoint go with "local", and with nothing else.',
  ],
  [
    "a Region of another partition",
    { region: "cn-north-1" },
    'environments.test.region is "cn-north-1", but it must be an AWS Region such as eu-west-1.',
  ],
  [
    "a topic that no alarm can reach",
    { alarmTopic: "arn:aws:sns:us-east-1:111111111111:alarms" },
    'environments.test.alarmTopic is "arn:aws:sns:us-east-1:111111111111:alarms", but alarms of eu-west-1 can only tell a topic of eu-west-1.',
  ],
  [
    "a misspelt setting",
    { acces: {} },
    'environments.test has no setting "acces"; allowed are name, stage, account, region, callbackUrls, logoutUrls, domainPrefix, mail, alarmTopic, permissionsBoundary, ci, tags, identityProviders, linking, customDomain, access, packaging, endpoint, stateFolder.',
  ],
])("refuses %s in one sentence", (_, changes, sentence) => {
  expect(() => checkEnvironment({ ...TEST_SETTINGS, ...changes } as EnvironmentSettings)).toThrow(new Error(sentence));
});
