import type { Session } from "./session";

/** The steps of a card. Each step has one form, except the first and the last. */
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
  | "appCode"
  | "firstApp"
  | "newApp"
  | "signedIn";

/** What an authenticator app needs to make codes. It is in no store, only on the screen. */
export interface AppSecret {
  readonly secret: string;
  /** The same with the names of the site and of the account, for a QR code. */
  readonly uri: string;
}

export type FieldName = "name" | "email" | "phone_number" | "password" | "code";

/** What went wrong, in plain words. */
export interface Problem {
  readonly text: string;
  /**
   * The field that it concerns.
   * @default none: the whole form
   */
  readonly field?: FieldName;
  /**
   * The step in which the person can correct it.
   * @default the same step
   */
  readonly step?: Step;
}

/** What follows after a request has succeeded. */
export interface Move {
  readonly step: Step;
  readonly name?: string;
  readonly session?: Session;
  /** What the step shows for an app. */
  readonly app?: AppSecret;
  readonly notice?: string;
}

export interface State {
  readonly step: Step;
  /** The user name or address that was typed last. */
  readonly name: string;
  readonly busy: boolean;
  /** Whether the person has done anything yet: the focus moves only after that. */
  readonly touched: boolean;
  /** When the last request began, in milliseconds since 1970; 0 before the first. */
  readonly began: number;
  readonly session?: Session;
  readonly app?: AppSecret;
  readonly problem?: Problem;
  readonly notice?: string;
}

export type Action =
  | { readonly type: "requestBegan"; readonly at: number }
  | { readonly type: "requestSucceeded"; readonly move: Move }
  | { readonly type: "stepChosen"; readonly step: Step }
  | { readonly type: "failed"; readonly problem: Problem; readonly name?: string };

export const initialState: State = { step: "starting", name: "", busy: true, touched: false, began: 0 };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "requestBegan":
      return { ...state, busy: true, touched: true, began: action.at, problem: undefined, notice: undefined };
    case "requestSucceeded": {
      const { step, name = state.name, session, app, notice } = action.move;
      return { ...state, busy: false, problem: undefined, step, name, session, app, notice };
    }
    case "stepChosen":
      return { ...state, touched: true, problem: undefined, notice: undefined, app: undefined, step: action.step };
    case "failed": {
      const { problem, name = state.name } = action;
      return {
        ...state,
        busy: false,
        touched: true,
        notice: undefined,
        step: problem.step ?? state.step,
        app: problem.step ? undefined : state.app,
        name,
        problem,
      };
    }
  }
}
