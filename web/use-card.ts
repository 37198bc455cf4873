import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import type { Card } from "./cards";
import type { FormContext } from "./form";
import { openPool } from "./open-pool";
import { explain } from "./problem";
import { initialState, type Move, reduce, type State, type Step } from "./state";

/** The state of a card, and the functions that change it. */
export interface CardControls {
  readonly state: State;
  /**
   * Sends a request to Cognito, and then shows the next step or the error. Until then, the card does nothing else.
   * @param name the user name that was typed for it
   */
  readonly run: (work: (context: FormContext) => Promise<Move>, name?: string) => Promise<void>;
  /** Shows another step. */
  readonly goTo: (step: Step) => void;
  /** Shows what is wrong with the values in the form. */
  readonly showError: (error: unknown) => void;
}

/** The state of a card. If a user is already signed in, the card begins with the last step. */
export function useCard(card: Card, endpoint: string | undefined): CardControls {
  const client = useMemo(() => openPool(card, endpoint), [card, endpoint]);
  const [state, dispatch] = useReducer(reduce, initialState);
  // Not part of the state, because the second click of a double click comes before the state is updated.
  const busy = useRef(false);

  useEffect(() => {
    const start = async (): Promise<Move> => {
      const session = await client.session();
      return session ? { step: "signedIn", session } : { step: card.firstStep };
    };
    start().then(
      (move) => dispatch({ type: "requestSucceeded", move }),
      (error) => {
        const problem = explain(error, { card, step: "signIn" });
        dispatch({ type: "failed", problem: { ...problem, field: undefined, step: card.signInStep } });
      },
    );
  }, [card, client]);

  const run: CardControls["run"] = async (work, name) => {
    if (busy.current) return;
    busy.current = true;
    dispatch({ type: "requestBegan", at: Date.now() });
    const context = { client, card, step: state.step, name: name ?? state.name, site: location.hostname };
    try {
      dispatch({ type: "requestSucceeded", move: await work(context) });
    } catch (error) {
      dispatch({ type: "failed", problem: explain(error, context), name });
    } finally {
      busy.current = false;
    }
  };
  const goTo = (step: Step) => {
    if (!busy.current) dispatch({ type: "stepChosen", step });
  };
  const showError = (error: unknown) => {
    if (!busy.current) dispatch({ type: "failed", problem: explain(error, { card, step: state.step }) });
  };
  return { state, run, goTo, showError };
}
