import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareLocalFolder } from "../../local/local-folder";
import { explained, Problem } from "../../local/problem";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the local folder", () => {
  it("is made with the folders above it, and left as it was", () => {
    prepareLocalFolder(join(folder, "a", "b"));
    expect(readdirSync(join(folder, "a", "b"))).toEqual([]);
    prepareLocalFolder(join(folder, "a", "b"));
  });

  it.each(["/dev/null", "/dev/null/x", "/proc/nothing", "/sys/nothing"])("is a sentence where it is %s", (path) => {
    if (!existsSync(path.slice(0, path.indexOf("/", 1)))) return;
    expect(() => prepareLocalFolder(path)).toThrow(Problem);
    expect(() => prepareLocalFolder(path)).toThrow(path);
  });

  it("is a sentence where it is a file", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => prepareLocalFolder(join(folder, "file"))).toThrow("which is not a folder: choose a folder");
  });
});

describe("an error of the operating system", () => {
  it.each(["ENOSPC", "EFBIG", "EACCES", "EROFS"])("is a sentence where it is %s", (code) => {
    const error = Object.assign(new Error("failed"), { code, path: "/some/file" });
    expect(explained(error)).toBeInstanceOf(Problem);
    expect(String(explained(error))).toMatch(new RegExp(`/some/file cannot be written \\(${code}\\): .+\\.$`));
  });

  it("stays as it is where nobody at the terminal can put it right", () => {
    const error = new TypeError("a fault of ours");
    expect(explained(error)).toBe(error);
  });

  it("names a folder that is in the way", () => {
    mkdirSync(join(folder, "env"));
    let error: unknown;
    try {
      writeFileSync(join(folder, "env"), "");
    } catch (cause) {
      error = explained(cause);
    }
    expect(String(error)).toContain(`${join(folder, "env")} cannot be written (EISDIR): a folder is in its place`);
  });
});
