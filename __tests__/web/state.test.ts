import { initialState, reduce, type State } from "../../web/state";

const after = (...actions: Parameters<typeof reduce>[1][]): State => actions.reduce(reduce, initialState);

it("takes away what was said before when something begins", () => {
  const state = after({ type: "failed", problem: { text: "No.", field: "name" } }, { type: "requestBegan", at: 7 });
  expect(state).toMatchObject({ busy: true, began: 7, touched: true, problem: undefined });
});

it("keeps the name from step to step, and the session only where somebody is signed in", () => {
  const state = after(
    { type: "requestSucceeded", move: { step: "confirm", name: "jane" } },
    { type: "requestSucceeded", move: { step: "signIn", notice: "Done." } },
  );
  expect(state).toMatchObject({ step: "signIn", name: "jane", notice: "Done.", session: undefined, busy: false });
});

it("stays where something failed, or goes where that can be mended", () => {
  const failed = after(
    { type: "requestSucceeded", move: { step: "signIn" } },
    { type: "failed", problem: { text: "No." } },
  );
  expect(failed.step).toBe("signIn");
  expect(reduce(failed, { type: "failed", problem: { text: "No.", step: "confirm" } }).step).toBe("confirm");
});

it("knows when nobody has touched anything", () => {
  expect(after({ type: "requestSucceeded", move: { step: "signUp" } }).touched).toBe(false);
  expect(after({ type: "stepChosen", step: "signIn" }).touched).toBe(true);
});
