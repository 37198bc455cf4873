// To be imported first. A test says what the block list's table answers: jest.mocked(readBlocks).
jest.mock("../../functions/shared/block-list", () => ({
  ...jest.requireActual("../../functions/shared/block-list"),
  readBlocks: jest.fn(),
}));
