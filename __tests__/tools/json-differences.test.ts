import { differences, sorted } from "../../tools/json-differences";

const expected = [{ name: "the runtime", path: ["*", "functions", "*", "runtime"], theirs: "nodejs24.x" }];

it("finds what is another, what is missing and what is new, as deep as possible", () => {
  const ours = { stack: { same: [1, { a: null }], list: [1, 2], text: "a", gone: true, kind: [] } };
  const theirs = { stack: { same: [1, { a: null }], list: [1, 3, 4], text: "b", kind: {} }, more: 1 };
  expect(differences(ours, theirs)).toEqual([
    { path: ["stack", "list", "1"], ours: 2, theirs: 3 },
    { path: ["stack", "list", "2"], ours: undefined, theirs: 4 },
    { path: ["stack", "text"], ours: "a", theirs: "b" },
    { path: ["stack", "gone"], ours: true, theirs: undefined },
    { path: ["stack", "kind"], ours: [], theirs: {} },
    { path: ["more"], ours: undefined, theirs: 1 },
  ]);
});

it("counts the expected differences, and keeps every other one", () => {
  const found = (path: string[], theirs: unknown, ours: unknown = "nodejs22.x") => ({ path, ours, theirs });
  const others = [
    found(["dev", "functions", "a", "runtime"], "nodejs26.x"),
    found(["dev", "functions", "a", "runtime"], "nodejs24.x", null),
    found(["dev", "functions", "runtime"], "nodejs24.x"),
    found(["dev", "functions", "a", "name"], "nodejs24.x"),
  ];
  const right = ["dev", "prod"].map((stack) => found([stack, "functions", "a", "runtime"], "nodejs24.x"));
  expect(sorted([...right, ...others], expected)).toEqual({
    counts: new Map([["the runtime", 2]]),
    unexpected: others,
  });
  expect(sorted([], expected).counts).toEqual(new Map([["the runtime", 0]]));
});
