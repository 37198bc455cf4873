import { useEffect, useReducer, useRef } from "react";
import type { PoolConfig, WayName } from "./config";
import type { At } from "./forms";
import type { Pool } from "./pool";
import { explain } from "./problem";
import { initialState, type Move, reduce, type State, type Step } from "./state";

/** What a card's parts need to know and to do. */
export interface OnWay {
  readonly state: State;
  /**
   * Asks Cognito for something, and goes where that leads or says what went wrong. Nothing else happens meanwhile.
   * @param name the user name that was typed for it
   */
  readonly take: (work: (at: At) => Promise<Move>, name?: string) => Promise<void>;
  /** Goes to another form. */
  readonly go: (step: Step) => void;
  /** Says what is wrong with what was typed. */
  readonly reject: (error: unknown) => void;
}

/** Somebody's way in to one pool; who is signed in already is there at once. */
export function useWay(way: WayName, pool: Pool, { passwordLength }: PoolConfig): OnWay {
  const [state, dispatch] = useReducer(reduce, initialState);
  // Not part of the state: a double click comes before the state that the first one has made is shown.
  const busy = useRef(false);

  useEffect(() => {
    const start = async (): Promise<Move> => {
      const session = await pool.session();
      return session ? { step: "signedIn", session } : { step: "signUp" };
    };
    start().then(
      (move) => dispatch({ type: "moved", move }),
      (error) => {
        const problem = explain(error, { way, step: "signIn" });
        dispatch({ type: "failed", problem: { ...problem, field: undefined, step: "signIn" } });
      },
    );
  }, [way, pool]);

  const take: OnWay["take"] = async (work, name) => {
    if (busy.current) return;
    busy.current = true;
    dispatch({ type: "began", at: Date.now() });
    const at = { pool, way, step: state.step, name: name ?? state.name };
    try {
      dispatch({ type: "moved", move: await work(at) });
    } catch (error) {
      dispatch({ type: "failed", problem: explain(error, { ...at, passwordLength }), name });
    } finally {
      busy.current = false;
    }
  };
  const go = (step: Step) => {
    if (!busy.current) dispatch({ type: "went", step });
  };
  const reject = (error: unknown) => {
    if (!busy.current) dispatch({ type: "failed", problem: explain(error, { way, step: state.step, passwordLength }) });
  };
  return { state, take, go, reject };
}
