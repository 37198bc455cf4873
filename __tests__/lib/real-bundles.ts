// To be imported first, by tests of the bundles themselves: elsewhere setup.js puts a name in place of each.
jest.unmock("../../lib/bundle");
