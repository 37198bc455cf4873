/** The two ways in, each a user pool of its own. */
export const WAYS = ["verified", "anonymous"] as const;
export type WayName = (typeof WAYS)[number];

export interface PoolConfig {
  readonly userPoolId: string;
  readonly clientId: string;
  /**
   * The least number of characters of a password, for the form to say so beforehand.
   * @default the form does not say it
   */
  readonly passwordLength?: number;
  /**
   * Whether people may sign in with a code that is mailed to them.
   * @default false
   */
  readonly oneTimeCode?: boolean;
}

/** What `config.json`, beside the page, says of the pools. */
export interface PageConfig {
  readonly region: string;
  readonly pools: Readonly<Record<WayName, PoolConfig>>;
  /**
   * Where Cognito answers.
   * @default AWS, in the region
   */
  readonly endpoint?: string;
  /** The local cloud's mails, for people to read; only there. */
  readonly mailbox?: string;
  /** The local cloud's log of triggers, as JSON; only there. */
  readonly triggers?: string;
}

/** Says what is wrong with `config.json`. */
export class ConfigError extends Error {}

/** @throws ConfigError naming what is missing */
export function readConfig(value: unknown): PageConfig {
  const config = value as PageConfig | null | undefined;
  const pool = (name: WayName) => config?.pools?.[name];
  const needed: [what: string, value: unknown][] = [
    ["region", config?.region],
    ...WAYS.flatMap((name): [string, unknown][] => [
      [`pools.${name}.userPoolId`, pool(name)?.userPoolId],
      [`pools.${name}.clientId`, pool(name)?.clientId],
    ]),
  ];
  const missing = needed.filter(([, value]) => typeof value !== "string" || value === "").map(([what]) => what);
  if (!config || missing.length > 0) throw new ConfigError(`config.json lacks ${missing.join(", ")}.`);
  return config;
}
