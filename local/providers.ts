import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, type TerraformProvider, TerraformStack } from "cdktf";
import { localPath, writeAtOnce } from "./local-folder";
import { findMirrors, MIRROR_PLACES, mirrorConfiguration, mirrorFolders, type Provider } from "./mirrors";
import { Problem } from "./problem";
import { run } from "./processes";
import { withoutCloudVariables } from "./shell-variables";

const REGISTRY = "registry.terraform.io";

/** Where Terraform gets its providers. */
export interface ProviderSource {
  /** The name of the source, for people to read. */
  readonly name: string;
  /** The environment variables with which Terraform uses it. */
  readonly env: Readonly<Record<string, string>>;
  /** What zips the functions' code: the archive provider, or synthesis if the source does not have that provider. */
  readonly packaging: "archive" | "synth";
}

/** The providers of the stacks, in the versions of the installed packages. */
export function wantedProviders(): { aws: Provider; archive: Provider } {
  const stack = new TerraformStack(new App({ outdir: localPath("cdktf.out") }), "providers");
  return {
    aws: pinned(new AwsProvider(stack, "aws")),
    archive: pinned(new ArchiveProvider(stack, "archive")),
  };
}

function pinned({ terraformGeneratorMetadata: made }: TerraformProvider): Provider {
  if (!made?.providerVersion) throw new Error("A provider package does not name its version.");
  return {
    address: `${REGISTRY}/hashicorp/${made.providerName}`,
    version: made.providerVersion,
  };
}

/** The source that was found last, for what it was found. */
const remembered = () => localPath("providers.json");

/**
 * The first source that has the AWS provider: the person's own configuration, then the registry, then mirrors on this
 * machine. The answer is remembered, because to ask takes seconds.
 * @throws Problem naming the sources that were tried
 */
export async function findProviders(stop: AbortSignal): Promise<ProviderSource> {
  const wanted = wantedProviders();
  const own = userConfiguration();
  const question = JSON.stringify([
    wanted,
    own,
    own && readFileSync(own, "utf8"),
    findMirrors(mirrorFolders(), Object.values(wanted)),
  ]);
  const known = existsSync(remembered()) ? JSON.parse(readFileSync(remembered(), "utf8")) : undefined;
  if (known?.question === question) return known.source;
  const source = await searchProviders(wanted, own, stop);
  writeAtOnce(remembered(), JSON.stringify({ question, source }));
  return source;
}

/** Searches again at the next start. */
export function forgetProviders(): void {
  rmSync(remembered(), { force: true });
}

async function searchProviders(
  { aws, archive }: ReturnType<typeof wantedProviders>,
  own: string | undefined,
  stop: AbortSignal,
): Promise<ProviderSource> {
  const tried: string[] = [];

  if (own) {
    const env = { TF_CLI_CONFIG_FILE: own };
    const name = `your configuration, ${own}`;
    if (await canInstall([aws, archive], env, stop)) return { name, env, packaging: "archive" };
    if (await canInstall([aws], env, stop)) return { name, env, packaging: "synth" };
    tried.push(name);
  }

  const ours = localPath("terraformrc");
  const env = { TF_CLI_CONFIG_FILE: ours };
  writeFileSync(ours, "");
  if (await registryAnswers(archive, env, stop)) return { name: REGISTRY, env, packaging: "archive" };
  tried.push(`${REGISTRY} (no answer)`);

  const mirrors = findMirrors(mirrorFolders(), [aws, archive]);
  const found = mirrors.flatMap(({ providers }) => providers);
  if (found.includes(aws)) {
    writeFileSync(ours, mirrorConfiguration(mirrors));
    return {
      name: mirrors.map(({ folder }) => folder).join(", "),
      // A plugin cache would hold another copy, or a link to the mirror that stays when the mirror is deleted.
      env: { ...env, CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1" },
      packaging: found.includes(archive) ? "archive" : "synth",
    };
  }
  tried.push(MIRROR_PLACES);
  throw new Problem(
    `Terraform's provider ${aws.address} ${aws.version} cannot be found in ${tried.join(", ")}: connect to the internet, or put a mirror made by "terraform providers mirror" into ~/.terraform.d/plugins.`,
  );
}

/** The person's own configuration file of Terraform, if it exists. */
function userConfiguration(): string | undefined {
  const named = process.env.TF_CLI_CONFIG_FILE || process.env.TERRAFORM_CONFIG;
  return [named, join(homedir(), ".terraformrc")].find((file) => file && existsSync(file));
}

/** Sends Terraform's first request to the registry. `fetch` uses no proxy, so behind a proxy Terraform tries itself. */
async function registryAnswers(smallest: Provider, env: Record<string, string>, stop: AbortSignal): Promise<boolean> {
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return canInstall([smallest], env, stop);
  const limit = AbortSignal.any([stop, AbortSignal.timeout(3000)]);
  const discovery = `https://${REGISTRY}/.well-known/terraform.json`;
  const answer = await fetch(discovery, { signal: limit }).catch(() => undefined);
  stop.throwIfAborted();
  return answer?.ok ?? false;
}

/** Whether Terraform can install these providers. */
async function canInstall(providers: Provider[], env: Record<string, string>, stop: AbortSignal): Promise<boolean> {
  rmSync(localPath("providers"), { recursive: true, force: true });
  const file = localPath("providers", "main.tf.json");
  const required = providers.map(({ address: source, version }) => [source.split("/").at(-1), { source, version }]);
  writeFileSync(file, JSON.stringify({ terraform: { required_providers: Object.fromEntries(required) } }));
  const { ok } = await run("terraform", ["init", "-backend=false", "-input=false", "-no-color"], {
    cwd: dirname(file),
    // The same cache as cdktf's, so that nothing is downloaded twice.
    env: {
      TF_PLUGIN_CACHE_DIR: pluginCache(),
      ...withoutCloudVariables(process.env),
      ...env,
      CHECKPOINT_DISABLE: "1",
      TF_REGISTRY_DISCOVERY_RETRY: "0",
      TF_REGISTRY_CLIENT_TIMEOUT: "5",
    },
    log: localPath("logs", "providers.log"),
    stop,
  });
  return ok;
}

function pluginCache(): string {
  const folder = join(homedir(), ".terraform.d", "plugin-cache");
  mkdirSync(folder, { recursive: true });
  return folder;
}
