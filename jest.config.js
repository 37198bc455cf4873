const { patterns, ignorePatterns } = require("./jest-transform");

// A day before synthesis warns of a runtime's end (lib/runtime-end.ts), also for the programs that tests start. A test of
// the warning sets its own.
process.env.SYNTHESIS_DATE = "2026-01-01";

/** All projects share this. */
const shared = {
  testEnvironment: "node",
  transform: Object.fromEntries(patterns.map((pattern) => [pattern, "<rootDir>/jest-transform.js"])),
  transformIgnorePatterns: ignorePatterns,
  modulePathIgnorePatterns: ["<rootDir>/.local/", "<rootDir>/cdktf.out/"],
};

/** What needs nothing but Node: the tests in these files and folders of `__tests__/`. */
const offline = (displayName, ...where) => ({
  ...shared,
  displayName,
  testMatch: where.map((pattern) => `<rootDir>/__tests__/${pattern}.test.ts`),
  setupFilesAfterEnv: ["<rootDir>/setup.js"],
});

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    // The rules: what runs in a function or on the page.
    offline("unit", "{contract,functions,web}/**/*"),
    // What is synthesized.
    offline("stacks", "lib/**/*"),
    // What runs on a developer's machine, the local cloud and the tools, and what the documentation says.
    offline("programs", "{gateway,local,tools}/**/*", "*"),
    {
      // They share one local cloud.
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/__tests__/e2e/**/*.test.ts"],
      runner: "<rootDir>/__tests__/e2e/runner.js",
      globalSetup: "<rootDir>/__tests__/e2e/global-setup.ts",
      globalTeardown: "<rootDir>/__tests__/e2e/global-teardown.ts",
    },
    {
      // Too slow for `npm test`. Each starts what it needs.
      ...shared,
      displayName: "trials",
      testMatch: ["<rootDir>/__tests__/trials/**/*.test.ts"],
    },
  ],
};
