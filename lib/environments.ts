import { z } from "zod";
import { accessSchema } from "../functions/shared/access";
import { settingsObject } from "../functions/shared/settings-object";
import { checked, SettingsError } from "./checked-settings";

/** The first part of every name in AWS. */
export const APP = "identity";

/** The only account of the local cloud; no account of AWS has this number. */
const LOCAL_ACCOUNT = "000000000000";

const account = z.string().regex(/^\d{12}$/, "must be the 12 digits of an AWS account");
const address = z
  .string()
  .regex(/^(https:\/\/|http:\/\/localhost[:/])/, "must be an https address, or http on localhost");
const addresses = z
  .array(address, { error: "must be a list of addresses" })
  .min(1, "must name one address at least, since Cognito refuses a code grant without it");

const mail = z.discriminatedUnion(
  "sender",
  [
    /** Cognito's own sender: no set-up, and a few dozen mails a day. */
    settingsObject({ sender: z.literal("cognito") }),
    /** Your SES identity, in a Region that Cognito can send from. */
    settingsObject({
      sender: z.literal("ses"),
      identityArn: z
        .string({ error: "must be the ARN of an SES identity" })
        .regex(/^arn:aws[\w-]*:ses:[\w-]+:\d{12}:identity\/.+$/, "must be the ARN of an SES identity"),
      from: z
        .string()
        .regex(
          /^([^<>@]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/,
          "must be an address, or a name with an address: Us <us@example.com>",
        ),
    }),
  ],
  { error: 'must be { sender: "cognito" } or { sender: "ses", identityArn, from }' },
);

const environmentSchema = settingsObject({
  /** Its place in the names of stacks and resources. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/, "must be up to 16 lower-case letters, digits and hyphens"),
  /**
   * `local` runs on this machine and may be thrown away; `test` and `live` are protected against removal, and `live`
   * has real people in it, so it must send its mail through SES.
   */
  stage: z.enum(["local", "test", "live"]),
  account,
  /** In AWS's own partition: ARNs and addresses of China and GovCloud are spelt another way. */
  region: z.string().regex(/^(?!cn-|us-gov-)[a-z]{2}(-[a-z]+)+-\d$/, "must be an AWS Region such as eu-west-1"),
  /** Where the app clients may send people after sign-in and sign-out. */
  callbackUrls: addresses,
  logoutUrls: addresses,
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
  /** Who sends the codes of the verified pool. */
  mail,
  /**
   * Who is told when a custom sender fails: the ARN of an SNS topic.
   * @default nobody; the alarm can be seen in CloudWatch
   */
  alarmTopic: z
    .string()
    .regex(/^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]+$/, "must be the ARN of an SNS topic")
    .optional(),
  /** Who may come in to the verified pool. */
  access: accessSchema().optional(),
  /**
   * Where a function's zip is made: by Terraform's archive provider, or at synthesis, where that provider is not to be
   * had. The second is for the local environment alone.
   * @default "archive"
   */
  packaging: z.enum(["archive", "synth"]).default("archive"),
  /**
   * The local cloud's address.
   * @default none: AWS
   */
  endpoint: z.string().optional(),
  /**
   * The folder of the state stack's own Terraform state.
   * @default the checkout
   */
  stateFolder: z.string().default("."),
});

export type EnvironmentSettings = z.input<typeof environmentSchema>;
export type Environment = Readonly<z.output<typeof environmentSchema>>;

/** Every environment there is. The accounts, addresses and identities of `dev` and `prod` are examples: put yours. */
const settings = (variables: NodeJS.ProcessEnv): EnvironmentSettings[] => [
  {
    name: "local",
    stage: "local",
    account: LOCAL_ACCOUNT,
    region: "eu-west-1",
    callbackUrls: ["http://localhost:5173/"],
    logoutUrls: ["http://localhost:5173/"],
    mail: { sender: "cognito" },
    access: { deniedDomains: ["example.com"] },
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
  const all = settings(variables).map(checkEnvironment);
  const names = all.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new SettingsError(`environments has "${twice}" twice: give each environment a name of its own.`);
  const only = variables.ENVIRONMENT;
  if (!only) return all;
  const named = all.filter(({ name }) => name === only);
  if (named.length > 0) return named;
  throw new SettingsError(`ENVIRONMENT is "${only}", but the environments are ${names.join(", ")}.`);
}

/**
 * One environment's settings with their defaults.
 * @throws SettingsError when they are wrong in themselves or do not go together
 */
export function checkEnvironment(settings: EnvironmentSettings): Environment {
  const where = `environments.${settings.name}`;
  const environment = checked(environmentSchema, settings, where);
  const { stage, account, region, endpoint, packaging, mail, alarmTopic } = environment;
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

/** What `npm run local` says of the cloud that it started. */
function localCloud(variables: NodeJS.ProcessEnv): Pick<EnvironmentSettings, "endpoint" | "packaging" | "stateFolder"> {
  const port = variables.LOCAL_PORT || "4566";
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    throw new SettingsError(`LOCAL_PORT is "${port}", but it must be a port number from 1 to 65535.`);
  }
  const packaging = checked(
    environmentSchema.shape.packaging,
    variables.LOCAL_PACKAGING || undefined,
    "LOCAL_PACKAGING",
  );
  return {
    endpoint: `http://127.0.0.1:${port}`,
    packaging,
    stateFolder: variables.LOCAL_DIR || ".local",
  };
}
