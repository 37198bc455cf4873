import { initialState, reduce, type State } from "../../web/state";

const after = (...actions: Parameters<typeof reduce>[1][]): State => actions.reduce(reduce, initialState);

it("removes the previous problem when a request begins", () => {
  const state = after({ type: "failed", problem: { text: "No.", field: "name" } }, { type: "requestBegan", at: 7 });
  expect(state).toMatchObject({ busy: true, began: 7, touched: true, problem: undefined });
});

it("keeps the name in the next steps, and the session only while a user is signed in", () => {
  const state = after(
    { type: "requestSucceeded", move: { step: "confirm", name: "jane" } },
    { type: "requestSucceeded", move: { step: "signIn", notice: "Done." } },
  );
  expect(state).toMatchObject({ step: "signIn", name: "jane", notice: "Done.", session: undefined, busy: false });
});

it("stays in the step that failed, or shows the step in which it can be corrected", () => {
  const failed = after(
    { type: "requestSucceeded", move: { step: "signIn" } },
    { type: "failed", problem: { text: "No." } },
  );
  expect(failed.step).toBe("signIn");
  expect(reduce(failed, { type: "failed", problem: { text: "No.", step: "confirm" } }).step).toBe("confirm");
});

it("knows whether the person has done anything yet", () => {
  expect(after({ type: "requestSucceeded", move: { step: "signUp" } }).touched).toBe(false);
  expect(after({ type: "stepChosen", step: "signIn" }).touched).toBe(true);
});

it("keeps the secret of an app while people type its code, and no longer", () => {
  const shown = after({ type: "requestSucceeded", move: { step: "newApp", app: { secret: "ABCD", uri: "otpauth:" } } });
  const wrong = reduce(shown, { type: "failed", problem: { text: "No.", field: "code" } });
  expect(wrong.app).toEqual({ secret: "ABCD", uri: "otpauth:" });
  expect(reduce(wrong, { type: "failed", problem: { text: "No.", step: "signIn" } }).app).toBeUndefined();
  expect(reduce(wrong, { type: "stepChosen", step: "signIn" }).app).toBeUndefined();
  expect(reduce(wrong, { type: "requestSucceeded", move: { step: "signedIn" } }).app).toBeUndefined();
});
