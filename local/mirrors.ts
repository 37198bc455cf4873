import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A Terraform provider in one version. */
export interface Provider {
  /** As in `registry.terraform.io/hashicorp/aws`. */
  readonly address: string;
  readonly version: string;
}

/** A folder that Terraform can use as a filesystem mirror, and the wanted providers that it has. */
export interface Mirror {
  readonly folder: string;
  readonly providers: readonly Provider[];
}

/** The folders that Terraform searches by itself, and those in `/opt`, which images without a network use. */
export function mirrorFolders(home = homedir(), opt = "/opt"): string[] {
  const below = existsSync(opt) ? readdirSync(opt).map((name) => join(opt, name)) : [];
  return [
    join(home, ".terraform.d", "plugins"),
    join(home, ".local", "share", "terraform", "plugins"),
    join(home, "Library", "Application Support", "io.terraform", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...below,
  ];
}

/** The same folders, for people to read. */
export const MIRROR_PLACES =
  "mirrors in ~/.terraform.d/plugins, /usr/local/share/terraform/plugins, /usr/share/terraform/plugins and /opt/*";

/** The folders that have at least one of the wanted providers for this machine. */
export function findMirrors(folders: string[], wanted: readonly Provider[]): Mirror[] {
  return folders
    .map((folder) => ({ folder, providers: wanted.filter((provider) => holds(folder, provider)) }))
    .filter(({ providers }) => providers.length > 0);
}

/** Terraform has two layouts: a folder for each platform, or the downloaded zip files. */
function holds(folder: string, { address, version }: Provider): boolean {
  const providerFolder = join(folder, address);
  const name = address.split("/").at(-1);
  return (
    existsSync(join(providerFolder, version, platform())) ||
    existsSync(join(providerFolder, `terraform-provider-${name}_${version}_${platform()}.zip`))
  );
}

/** Terraform's name for this machine. */
export function platform(system: string = process.platform, machine: string = process.arch): string {
  const architecture = { x64: "amd64", ia32: "386" }[machine] ?? machine;
  return `${system === "win32" ? "windows" : system}_${architecture}`;
}

/** A CLI configuration with which Terraform takes each provider only from the mirrors that have it. */
export function mirrorConfiguration(mirrors: readonly Mirror[]): string {
  const blocks = mirrors.map(
    ({ folder, providers }) => `  filesystem_mirror {
    path    = ${quoted(folder)}
    include = [${providers.map(({ address }) => quoted(address)).join(", ")}]
  }
`,
  );
  return `provider_installation {\n${blocks.join("")}}\n`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(/([$%])\{/g, "$1$1{");
}
