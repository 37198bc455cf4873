// Nothing here waits for anything: what takes longer than this on the busiest machine has hung.
jest.setTimeout(60_000);

// Stacks are synthesized dozens of times, and nearly all of the time went to two things that no assertion sees: the stack
// traces of tokens, and bundling.

require("./lib/token-traces").skipTokenTraces();

// The name of a handler's folder stands for its bundle, except in the tests of bundles.
jest.mock("./lib/bundle", () => ({
  ...jest.requireActual("./lib/bundle"),
  bundle(folder) {
    const { mkdirSync, writeFileSync } = require("node:fs");
    const place = `cdktf.out/bundles/test-${process.env.JEST_WORKER_ID}/${folder}`;
    mkdirSync(place, { recursive: true });
    writeFileSync(`${place}/index.js`, folder);
    return `${place}/index.js`;
  },
}));
