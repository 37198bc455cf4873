// Jest loads CommonJS only, so esbuild turns TypeScript, and the packages that are ES modules alone, into it.
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { transformSync, version } = require("esbuild");

const ES_MODULES = ["jose", "oauth4webapi", "openid-client"].join("|");
const OWN_TEXT = readFileSync(__filename, "utf8");

module.exports = {
  /** What has to be transformed. */
  patterns: ["\\.ts$", `/node_modules/(${ES_MODULES})/.+\\.m?js$`],
  /** What Jest leaves as it is: every package but these. */
  ignorePatterns: [`/node_modules/(?!(${ES_MODULES})/)`],

  process(source, path) {
    // Imports run first, so what they load would stay the real one.
    if (/^import (?!type\b|".*";$)(.|\n)*^jest\.(un)?mock\(/m.test(source)) {
      throw new Error(`${path} has jest.mock after imports: put it into a file of its own, and import that first.`);
    }
    const loader = path.endsWith(".ts") ? "ts" : "js";
    return transformSync(source, { loader, format: "cjs", target: "node20", sourcefile: path, sourcemap: "external" });
  },

  getCacheKey: (source, path) =>
    createHash("sha256").update([OWN_TEXT, version, path, source].join("\0")).digest("hex"),
};
