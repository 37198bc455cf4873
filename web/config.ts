import type { PageConfig, PoolConfig } from "../contract/pools";

/** An error in `config.json`. The message says what is wrong. */
export class ConfigError extends Error {}

const SIGN_IN: readonly PoolConfig["signIn"][] = ["email", "username", "username-or-alias"];

/** @throws ConfigError naming what is missing or wrong */
export function readConfig(value: unknown): PageConfig {
  const config = (value ?? {}) as Partial<PageConfig>;
  const pools = Object.entries<Partial<PoolConfig> | null>(config.pools ?? {});
  const needed: [what: string, value: unknown][] = [
    ["region", config.region],
    ...(config.pools ? [] : [["pools", undefined] as [string, undefined]]),
    ...pools.flatMap(([name, pool]) =>
      (["userPoolId", "clientId", "signIn"] as const).map((key): [string, unknown] => [
        `pools.${name}.${key}`,
        pool?.[key],
      ]),
    ),
  ];
  const missing = needed.filter(([, value]) => typeof value !== "string" || value === "").map(([what]) => what);
  if (missing.length > 0) throw new ConfigError(`config.json lacks ${missing.join(", ")}.`);
  if (pools.length === 0) throw new ConfigError("config.json names no user pool to sign up to: its pools are empty.");
  for (const [name, pool] of pools) {
    if (pool?.hosted !== undefined && !/^https?:\/\/[^/]/.test(pool.hosted)) {
      throw new ConfigError(
        `config.json has "${pool.hosted}" as pools.${name}.hosted, which must begin with https://.`,
      );
    }
    if (SIGN_IN.some((signIn) => signIn === pool?.signIn)) continue;
    throw new ConfigError(
      `config.json has "${pool?.signIn}" as pools.${name}.signIn, which must be ${SIGN_IN.join(", ")}.`,
    );
  }
  return config as PageConfig;
}
