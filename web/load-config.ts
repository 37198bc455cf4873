import type { PageConfig } from "../contract/pools";
import { ConfigError, readConfig } from "./config";

/** @throws ConfigError with what to mend, when the file is not there or wrong */
export async function loadConfig(): Promise<PageConfig> {
  const answer = await fetch("config.json", { cache: "no-store" }).catch(() => undefined);
  if (!answer?.ok) throw new ConfigError("config.json, which names the user pools, is not beside this page.");
  return readConfig(await answer.json().catch(() => undefined));
}
