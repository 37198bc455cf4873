// Stacks are synthesized dozens of times, and of what they are made nearly all the time went to two things that no
// assertion sees.

// cdktf keeps the stack of every token that it makes, and jest looks each line of it up in the source maps.
jest.mock("cdktf/lib/tokens/private/stack-trace", () => ({ captureStackTrace: () => [] }));

// A handler's entry stands for its bundle, except in the tests of bundles.
jest.mock("./lib/bundle", () => ({
  ...jest.requireActual("./lib/bundle"),
  bundle: (folder) => `functions/${folder}/index.ts`,
}));
