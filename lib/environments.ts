import { z } from "zod";
import { linkingSchema } from "../functions/pre-sign-up/linking-settings";
import { accessSchema } from "../functions/shared/access";
import { settingsObject } from "../functions/shared/settings-object";
import { checked, SettingsError } from "./checked-settings";
import { ciSchema } from "./ci-settings";
import { customDomainSchema } from "./domain-settings";
import { identityProvidersSchema } from "./identity-providers";
import { repeatIn } from "./lists";
import { checkMail, mailSchema } from "./mail-settings";
import { policyArn } from "./policy-arn";
import { redirectUrls } from "./redirect-urls";
import { tagsSchema } from "./tags";

/** The first part of every name in AWS. It can never change after the first deployment (docs/deploying.md). */
export const APP = "identity";

/** The account of the local cloud. No AWS account has this number. */
export const LOCAL_ACCOUNT = "000000000000";

/**
 * Whether it is an account of the examples below, or the local cloud's. An environment in it is not locked in a place.
 * It is a pattern, because who replaces an example's account in all files would replace it here, too.
 */
export const isExampleAccount = (account: string) => /^([012])\1{11}$/.test(account);

const account = z.string().regex(/^\d{12}$/, "must be the 12 digits of an AWS account");
const environmentSchema = settingsObject({
  /** Part of the names of stacks and resources. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/, "must be up to 16 lower-case letters, digits and hyphens"),
  /**
   * `local` runs on this machine and may be deleted. `test` and `live` are protected against deletion. `live` has real
   * users, so it must send mail through SES.
   */
  stage: z.enum(["local", "test", "live"]),
  account,
  /**
   * A Region of the partition `aws`. China, GovCloud and the isolated Regions are not supported: their ARNs and
   * addresses have another form.
   */
  region: z.string().regex(/^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d$/, "must be an AWS Region such as eu-west-1"),
  /** Where the app clients may send people after sign-in and sign-out. */
  callbackUrls: redirectUrls().min(1, "must name one address at least, since Cognito refuses a code grant without it"),
  logoutUrls: redirectUrls(),
  /**
   * The managed login pages, at `<prefix>-<pool>.auth.<region>.amazoncognito.com`.
   * @default none
   */
  domainPrefix: z
    .string()
    .regex(
      /^(?!.*(aws|amazon|cognito))[a-z0-9][a-z0-9-]{0,40}$/,
      "must be lower-case letters, digits and hyphens, without aws, amazon or cognito",
    )
    .optional(),
  /** The sender of mails. */
  mail: mailSchema(),
  /**
   * The ARN of the SNS topic that is notified when a custom sender fails for good.
   * @default none: the alarm is visible only in CloudWatch
   */
  alarmTopic: z
    .string()
    .regex(/^arn:aws:sns:[\w-]+:\d{12}:[\w-]{1,256}$/, "must be the ARN of an SNS topic")
    .optional(),
  /**
   * The ARN of an IAM policy: no role can do more than it allows.
   * @default none
   */
  permissionsBoundary: policyArn().optional(),
  /**
   * The access of GitHub Actions to this environment: see lib/ci-identity.ts.
   * @default none
   */
  ci: ciSchema().optional(),
  /**
   * Tags for all resources, beside `app`, `environment` and `managed-by`.
   * @default none
   */
  tags: tagsSchema().optional(),
  /**
   * The identity providers of the verified pool.
   * @default none
   */
  identityProviders: identityProvidersSchema().optional(),
  /**
   * Whom the verified pool links to one profile.
   * @default nobody
   */
  linking: linkingSchema().optional(),
  /**
   * A domain of your own for the verified pool's hosted pages.
   * @default none
   */
  customDomain: customDomainSchema().optional(),
  /** Who may sign up and sign in, in the verified pool. */
  access: accessSchema().optional(),
  /**
   * What makes a function's zip: Terraform's archive provider, or synthesis itself if that provider is not available.
   * `synth` is only for the local environment.
   * @default "archive"
   */
  packaging: z.enum(["archive", "synth"]).default("archive"),
  /**
   * The local cloud's address.
   * @default none: AWS
   */
  endpoint: z.string().optional(),
  /**
   * The folder of the state stack's own Terraform state, in the local environment. Elsewhere that is in the bucket, and
   * this is where earlier versions kept it.
   * @default the checkout
   */
  stateFolder: z.string().default("."),
});

export type EnvironmentSettings = z.input<typeof environmentSchema>;
export type Environment = Readonly<z.output<typeof environmentSchema>>;

/** Every environment. The accounts, addresses and identities of `dev` and `prod` are examples: replace them. */
const settings = (variables: NodeJS.ProcessEnv): EnvironmentSettings[] => [
  {
    name: "local",
    stage: "local",
    account: LOCAL_ACCOUNT,
    region: "eu-west-1",
    callbackUrls: [localPage(variables)],
    logoutUrls: [localPage(variables)],
    mail: { sender: "cognito" },
    access: { deniedDomains: ["example.com"] },
    domainPrefix: "local",
    ...localCloud(variables),
  },
  {
    name: "dev",
    stage: "test",
    account: "111111111111",
    region: "eu-west-1",
    callbackUrls: ["https://dev.example.org/"],
    logoutUrls: ["https://dev.example.org/"],
    mail: { sender: "cognito" },
    access: { deniedDomains: ["example.com"] },
  },
  {
    name: "prod",
    stage: "live",
    account: "222222222222",
    region: "eu-west-1",
    callbackUrls: ["https://www.example.org/"],
    logoutUrls: ["https://www.example.org/"],
    domainPrefix: "example-org",
    mail: {
      sender: "ses",
      identityArn: "arn:aws:ses:eu-west-1:222222222222:identity/example.org",
      from: "Example <no-reply@example.org>",
    },
    access: { deniedDomains: ["example.com"] },
  },
];

/**
 * The environments, checked: all, or the one that the variable ENVIRONMENT names.
 * @throws SettingsError when a setting is wrong or there is no environment of that name
 */
export function environments(variables = process.env): Environment[] {
  const all = allEnvironments(variables);
  const names = all.map(({ name }) => name);
  const only = variables.ENVIRONMENT;
  if (!only) return all;
  const named = all.filter(({ name }) => name === only);
  if (named.length > 0) return named;
  throw new SettingsError(`ENVIRONMENT is "${only}", but the environments are ${names.join(", ")}.`);
}

/**
 * All environments, checked, whatever the variable ENVIRONMENT names.
 * @throws SettingsError when a setting is wrong
 */
export function allEnvironments(variables = process.env): Environment[] {
  const all = settings(variables).map(checkEnvironment);
  const twice = repeatIn(all.map(({ name }) => name));
  if (twice) throw new SettingsError(`environments has "${twice}" twice: give each environment a name of its own.`);
  for (const { name, account, ci } of all) {
    // CI's permissions end in `<APP>-<name>-*`.
    const within = all.find((other) => other.account === account && other.name.startsWith(`${name}-`));
    if (ci && within) {
      throw new SettingsError(
        `environments.${name}.ci would give access to "${within.name}" as well, whose names begin with "${name}-" in the same account: give one of them another name or another account.`,
      );
    }
  }
  return all;
}

/**
 * One environment's settings with their defaults.
 * @param index its place in the list, for the error sentence if it has no name
 * @throws SettingsError when a setting is wrong or settings contradict each other
 */
export function checkEnvironment(settings: EnvironmentSettings, index = 0): Environment {
  const { name }: { name?: unknown } = Object(settings);
  const where = `environments.${typeof name === "string" ? name : index}`;
  const environment = checked(environmentSchema, settings, where);
  const { stage, account, region, endpoint, packaging, mail, alarmTopic, permissionsBoundary, ci } = environment;
  if ((stage === "local") !== (account === LOCAL_ACCOUNT) || (stage === "local") !== (endpoint !== undefined)) {
    throw new SettingsError(
      `${where}.stage is "${stage}": account ${LOCAL_ACCOUNT} and an endpoint go with "local", and with nothing else.`,
    );
  }
  if (alarmTopic && alarmTopic.split(":")[3] !== region) {
    throw new SettingsError(
      `${where}.alarmTopic is "${alarmTopic}", but alarms of ${region} can only tell a topic of ${region}.`,
    );
  }
  for (const [setting, boundary] of [
    ["permissionsBoundary", permissionsBoundary],
    ["ci.permissionsBoundary", ci?.permissionsBoundary],
  ]) {
    const [, , , , owner] = boundary?.split(":") ?? [];
    if (owner && owner !== "aws" && owner !== account) {
      throw new SettingsError(
        `${where}.${setting} is "${boundary}", but roles of ${account} can only have a policy of ${account} or of AWS.`,
      );
    }
  }
  checkMail(mail, environment, `${where}.mail`);
  if (packaging === "synth" && stage !== "local") {
    throw new SettingsError(`${where}.packaging is "synth", but only a local environment may zip at synthesis.`);
  }
  if (stage === "live" && mail.sender === "cognito") {
    throw new SettingsError(
      `${where}.mail.sender is "cognito", which sends a few dozen mails a day: a live environment needs "ses" with its identityArn and from.`,
    );
  }
  return environment;
}

/** The settings that `npm run local` passes in environment variables. */
function localCloud(
  variables: NodeJS.ProcessEnv,
): Pick<EnvironmentSettings, "endpoint" | "packaging" | "stateFolder" | "identityProviders" | "linking"> {
  const port = portFrom(variables, "LOCAL_PORT", "4566");
  const packaging = checked(
    environmentSchema.shape.packaging,
    variables.LOCAL_PACKAGING || undefined,
    "LOCAL_PACKAGING",
  );
  return {
    endpoint: `http://127.0.0.1:${port}`,
    packaging,
    stateFolder: variables.LOCAL_DIR || ".local",
    // `npm run local` serves it: local/identity-provider.ts.
    identityProviders: {
      oidc: { Stranger: { issuer: `http://localhost:${port}/_provider`, clientId: "local-cloud" } },
    },
    linking: { trust: { oidc: { Stranger: { addresses: "every-address", subjects: "lower-case" } } } },
  };
}

/** The address of the page that `npm run local` serves. */
const localPage = (variables: NodeJS.ProcessEnv) =>
  `http://localhost:${portFrom(variables, "LOCAL_WEB_PORT", "5173")}/`;

function portFrom(variables: NodeJS.ProcessEnv, name: string, usual: string): string {
  const port = variables[name] || usual;
  if (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535) return port;
  throw new SettingsError(`${name} is "${port}", but it must be a port number from 1 to 65535.`);
}
