import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A Terraform provider in one version. */
export interface Provider {
  /** As in `registry.terraform.io/hashicorp/aws`. */
  readonly address: string;
  readonly version: string;
}

/** A folder laid out as Terraform wants a filesystem mirror, and the wanted providers that it holds. */
export interface Mirror {
  readonly folder: string;
  readonly providers: readonly Provider[];
}

/** Where Terraform looks by itself, and one level below `/opt`, where images for machines without a network put it. */
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

/** The same in words. */
export const MIRROR_PLACES =
  "mirrors in ~/.terraform.d/plugins, /usr/local/share/terraform/plugins, /usr/share/terraform/plugins and /opt/*";

/** The folders that hold at least one of the wanted providers for this machine. */
export function findMirrors(folders: string[], wanted: readonly Provider[]): Mirror[] {
  return folders
    .map((folder) => ({ folder, providers: wanted.filter((provider) => holds(folder, provider)) }))
    .filter(({ providers }) => providers.length > 0);
}

/** Both of Terraform's layouts: a folder for each platform, or the zips as they were downloaded. */
function holds(folder: string, { address, version }: Provider): boolean {
  const place = join(folder, address);
  const name = address.split("/").at(-1);
  return (
    existsSync(join(place, version, platform())) ||
    existsSync(join(place, `terraform-provider-${name}_${version}_${platform()}.zip`))
  );
}

/** This machine in Terraform's words. */
export function platform(system: string = process.platform, machine: string = process.arch): string {
  const architecture = { x64: "amd64", ia32: "386" }[machine] ?? machine;
  return `${system === "win32" ? "windows" : system}_${architecture}`;
}

/** A CLI configuration that takes each provider from the mirrors that hold it, and asks nobody else. */
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
