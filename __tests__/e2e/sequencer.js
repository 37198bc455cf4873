const { default: Sequencer } = require("@jest/test-sequencer");

/** End-to-end tests in the order of their names, so that what looks back on the whole run comes last. */
module.exports = class extends Sequencer {
  sort(tests) {
    const isEndToEnd = ({ context }) => context.config.displayName?.name === "e2e";
    const others = super.sort(tests.filter((test) => !isEndToEnd(test)));
    const ordered = [...tests].filter(isEndToEnd).sort((a, b) => (a.path < b.path ? -1 : 1));
    return [...others, ...ordered];
  }
};
