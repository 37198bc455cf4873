const { basename, dirname } = require("node:path");
const { default: TestRunner } = require("jest-runner");

/**
 * Runs the end-to-end tests of each folder in the order of their names, beside those of the other folders. All share one
 * local cloud: the tests of `triggers/` share a stack with all triggers, those of `own-stacks/` deploy other stacks,
 * and the rest use the stacks that `npm run local` deploys. What looks back on the whole run comes last.
 */
module.exports = class extends TestRunner {
  async runTests(tests, watcher) {
    this._globalConfig = { ...this._globalConfig, maxWorkers: 1 };
    const inOrder = ([...some]) =>
      super.runTests(
        some.sort((one, other) => (one.path < other.path ? -1 : 1)),
        watcher,
        { serial: false },
      );
    const isLast = ({ path }) => basename(path) === "whole-run.test.ts";
    const others = tests.filter((test) => !isLast(test));
    const folders = [...new Set(others.map(({ path }) => dirname(path)))];
    await Promise.all(folders.map((folder) => inOrder(others.filter(({ path }) => dirname(path) === folder))));
    await inOrder(tests.filter(isLast));
  }
};
