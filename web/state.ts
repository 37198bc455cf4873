import type { Session } from "./session";

/** Where somebody is on their way in. */
export type Step =
  | "starting"
  | "signUp"
  | "confirm"
  | "signIn"
  | "forgot"
  | "reset"
  | "newPassword"
  | "askCode"
  | "answer"
  | "signedIn";

export type FieldName = "name" | "email" | "phone_number" | "password" | "code";

/** What went wrong, in plain words. */
export interface Problem {
  readonly text: string;
  /**
   * The field that it concerns.
   * @default none: the whole form
   */
  readonly field?: FieldName;
  /** The step in which it can be mended, where that is another one. */
  readonly step?: Step;
}

/** Where a step has led to. */
export interface Move {
  readonly step: Step;
  readonly name?: string;
  readonly session?: Session;
  readonly notice?: string;
}

export interface State {
  readonly step: Step;
  /** The user name or address, as it was typed last. */
  readonly name: string;
  readonly busy: boolean;
  /** Whether somebody has done anything yet: only then may the focus move. */
  readonly touched: boolean;
  /** When the last request began, in milliseconds since 1970; 0 before the first. */
  readonly began: number;
  readonly session?: Session;
  readonly problem?: Problem;
  readonly notice?: string;
}

export type Action =
  | { readonly type: "began"; readonly at: number }
  | { readonly type: "moved"; readonly move: Move }
  | { readonly type: "went"; readonly step: Step }
  | { readonly type: "failed"; readonly problem: Problem; readonly name?: string };

export const initialState: State = { step: "starting", name: "", busy: false, touched: false, began: 0 };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "began":
      return { ...state, busy: true, touched: true, began: action.at, problem: undefined, notice: undefined };
    case "moved": {
      const { step, name = state.name, session, notice } = action.move;
      return { ...state, busy: false, problem: undefined, step, name, session, notice };
    }
    case "went":
      return { ...state, touched: true, problem: undefined, notice: undefined, step: action.step };
    case "failed": {
      const { problem, name = state.name } = action;
      return {
        ...state,
        busy: false,
        touched: true,
        notice: undefined,
        step: problem.step ?? state.step,
        name,
        problem,
      };
    }
  }
}
