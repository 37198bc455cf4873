import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newApp } from "../../lib/new-app";

it("a folder that cannot be made is one sentence", () => {
  const folder = mkdtempSync(join(tmpdir(), "app-"));
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(() => newApp({ outdir: join(file, "out") })).toThrow(
    new Error(`${file}/out cannot be written (ENOTDIR): a part of this path is no folder, so move that elsewhere.`),
  );
  rmSync(folder, { recursive: true });
});
