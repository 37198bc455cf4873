const esModules = require("./jest-esm");

// A day before synthesis warns of a runtime's end (lib/runtime-end.ts), also for the programs that tests start. A test of
// the warning sets its own.
process.env.SYNTHESIS_DATE = "2026-01-01";

/**
 * All projects share this. `unit` needs nothing but Node. The tests of `e2e` share one local cloud. `trials` are too slow
 * for `npm test`; each starts what it needs.
 */
const shared = {
  testEnvironment: "node",
  transform: { "\\.ts$": "ts-jest", [esModules.pattern]: "<rootDir>/jest-esm.js" },
  transformIgnorePatterns: esModules.ignorePatterns,
  modulePathIgnorePatterns: ["<rootDir>/.local/", "<rootDir>/cdktf.out/"],
};

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["<rootDir>/__tests__/e2e/", "<rootDir>/__tests__/trials/"],
      setupFilesAfterEnv: ["<rootDir>/setup.js"],
    },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/__tests__/e2e/**/*.test.ts"],
      runner: "<rootDir>/__tests__/e2e/runner.js",
      globalSetup: "<rootDir>/__tests__/e2e/global-setup.ts",
      globalTeardown: "<rootDir>/__tests__/e2e/global-teardown.ts",
    },
    {
      ...shared,
      displayName: "trials",
      testMatch: ["<rootDir>/__tests__/trials/**/*.test.ts"],
    },
  ],
};
