// To be imported first. A trigger more is a module and a line in the list; here the list is longer by one from outside.
jest.mock("../../lib/triggers", () => ({
  TRIGGERS: {
    ...jest.requireActual("../../lib/triggers").TRIGGERS,
    inboundFederation: jest.requireActual("../fixtures/inbound-federation").inboundFederation,
  },
}));
