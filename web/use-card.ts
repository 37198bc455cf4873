import { useEffect, useMemo, useReducer, useRef } from "react";
import type { Card } from "./cards";
import type { FormContext } from "./forms";
import { openPool } from "./pool-client";
import { explain } from "./problem";
import { initialState, type Move, reduce, type State, type Step } from "./state";

/** What a card's parts need to know and to do. */
export interface CardControls {
  readonly state: State;
  /**
   * Asks Cognito for something, and goes where that leads or says what went wrong. Nothing else happens meanwhile.
   * @param name the user name that was typed for it
   */
  readonly run: (work: (context: FormContext) => Promise<Move>, name?: string) => Promise<void>;
  /** Goes to another form. */
  readonly goTo: (step: Step) => void;
  /** Says what is wrong with what was typed. */
  readonly showError: (error: unknown) => void;
}

/** Somebody's way in to one pool; who is signed in already is there at once. */
export function useCard(card: Card, endpoint: string | undefined): CardControls {
  const client = useMemo(() => openPool(card, endpoint), [card, endpoint]);
  const [state, dispatch] = useReducer(reduce, initialState);
  // Not part of the state: a double click comes before the state that the first one has made is shown.
  const busy = useRef(false);

  useEffect(() => {
    const start = async (): Promise<Move> => {
      const session = await client.session();
      return session ? { step: "signedIn", session } : { step: "signUp" };
    };
    start().then(
      (move) => dispatch({ type: "moved", move }),
      (error) => {
        const problem = explain(error, { card, step: "signIn" });
        dispatch({ type: "failed", problem: { ...problem, field: undefined, step: card.signInStep } });
      },
    );
  }, [card, client]);

  const run: CardControls["run"] = async (work, name) => {
    if (busy.current) return;
    busy.current = true;
    dispatch({ type: "began", at: Date.now() });
    const context = { client, card, step: state.step, name: name ?? state.name };
    try {
      dispatch({ type: "moved", move: await work(context) });
    } catch (error) {
      dispatch({ type: "failed", problem: explain(error, context), name });
    } finally {
      busy.current = false;
    }
  };
  const goTo = (step: Step) => {
    if (!busy.current) dispatch({ type: "went", step });
  };
  const showError = (error: unknown) => {
    if (!busy.current) dispatch({ type: "failed", problem: explain(error, { card, step: state.step }) });
  };
  return { state, run, goTo, showError };
}
