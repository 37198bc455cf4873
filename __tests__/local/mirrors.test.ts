import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMirrors, mirrorConfiguration, mirrorFolders, platform } from "../../local/mirrors";
import { wantedProviders } from "../../local/providers";

const aws = { address: "registry.terraform.io/hashicorp/aws", version: "5.100.0" };
const archive = { address: "registry.terraform.io/hashicorp/archive", version: "2.7.1" };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mirrors "));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A folder with one provider in it. */
function mirror(name: string, ...entry: string[]): string {
  const folder = join(root, name);
  mkdirSync(join(folder, ...entry.slice(0, -1)), { recursive: true });
  writeFileSync(join(folder, ...entry), "");
  return folder;
}

describe("findMirrors", () => {
  it("finds an unpacked provider", () => {
    const folder = mirror("unpacked", aws.address, aws.version, platform(), "provider");
    expect(findMirrors([folder], [aws, archive])).toEqual([{ folder, providers: [aws] }]);
  });

  it("finds a packed provider", () => {
    const zip = `terraform-provider-archive_${archive.version}_${platform()}.zip`;
    const folder = mirror("packed", archive.address, zip);
    expect(findMirrors([folder], [aws, archive])).toEqual([{ folder, providers: [archive] }]);
  });

  it.each([
    ["version", "5.99.1", platform()],
    ["platform", aws.version, "plan9_mips"],
  ])("passes by another %s", (_, version, machine) => {
    const folder = mirror("other", aws.address, version, machine, "provider");
    expect(findMirrors([folder], [aws, archive])).toEqual([]);
  });

  it("ignores folders that do not exist", () => {
    expect(findMirrors([join(root, "missing")], [aws])).toEqual([]);
  });
});

it("searches the folders of Terraform, and those in /opt", () => {
  mkdirSync(join(root, "plugins"));
  const folders = mirrorFolders("/home/me", root);
  expect(folders).toContain("/home/me/.terraform.d/plugins");
  expect(folders).toContain("/usr/share/terraform/plugins");
  expect(folders).toContain(join(root, "plugins"));
});

it.each([
  ["linux", "x64", "linux_amd64"],
  ["darwin", "arm64", "darwin_arm64"],
  ["win32", "ia32", "windows_386"],
])("calls %s on %s %s", (system, machine, words) => {
  expect(platform(system, machine)).toBe(words);
});

it("writes each argument of the configuration on a line of its own, as Terraform requires", () => {
  const configuration = mirrorConfiguration([
    { folder: "/opt/a b", providers: [aws] },
    { folder: '/opt/"%{c}', providers: [archive] },
  ]);
  expect(configuration).toBe(`provider_installation {
  filesystem_mirror {
    path    = "/opt/a b"
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  filesystem_mirror {
    path    = "/opt/\\"%%{c}"
    include = ["registry.terraform.io/hashicorp/archive"]
  }
}
`);
});

it("wants the providers in the versions of the installed packages", () => {
  const { aws, archive } = wantedProviders();
  expect(aws).toEqual({
    address: "registry.terraform.io/hashicorp/aws",
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  expect(archive.address).toBe("registry.terraform.io/hashicorp/archive");
});
