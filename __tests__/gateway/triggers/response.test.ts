import { flag } from "../../../gateway/triggers/response";

describe("a flag of a response", () => {
  it.each([
    [true, true],
    [false, false],
    [null, false],
    [undefined, false],
  ])("%p is %p", (value, on) => {
    expect(flag({ autoConfirmUser: value }, "autoConfirmUser")).toBe(on);
  });
  it.each(["true", 1, {}])("%p is a mistake", (value) => {
    expect(() => flag({ autoConfirmUser: value }, "autoConfirmUser")).toThrow("Unrecognizable");
  });
});
