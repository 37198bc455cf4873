// To be imported first. The least time of a challenge passes at once, and so does that of a password that nobody has.
jest.mock("node:timers/promises", () => ({ setTimeout: jest.fn() }));
jest.mock("../../functions/user-migration/scrypt", () => ({
  ...jest.requireActual("../../functions/user-migration/scrypt"),
  pretendToCheck: async () => {},
}));
