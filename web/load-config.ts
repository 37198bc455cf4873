import type { PageConfig } from "../contract/pools";
import { ConfigError, readConfig } from "./config";

/** @throws ConfigError when the file is missing or wrong */
export async function loadConfig(): Promise<PageConfig> {
  const answer = await fetch("config.json", { cache: "no-store" }).catch(() => undefined);
  if (!answer?.ok)
    throw new ConfigError(
      "config.json, which names the user pools, is missing: it must be in the folder of this page.",
    );
  return readConfig(await answer.json().catch(() => undefined));
}
