// Jest loads CommonJS only. These packages are ES modules alone, so esbuild turns them into CommonJS on the way.
const { transformSync } = require("esbuild");

const ES_MODULES = ["jose", "oauth4webapi", "openid-client"];

module.exports = {
  /** What has to be transformed. */
  pattern: `/node_modules/(${ES_MODULES.join("|")})/.+\\.m?js$`,
  /** What Jest leaves as it is: every package but these. */
  ignorePatterns: [`/node_modules/(?!(${ES_MODULES.join("|")})/)`],

  process: (source, path) => transformSync(source, { format: "cjs", target: "node20", sourcefile: path }),
};
