import type { OtherAction } from "../form";
import type { CardControls } from "../use-card";

export interface OtherActionsProps {
  readonly actions: readonly OtherAction[];
  readonly controls: CardControls;
}

/** The buttons of a step besides the one that sends its form. */
export function OtherActions({ actions, controls: { state, run, goTo } }: OtherActionsProps) {
  return (
    <ul className="others">
      {actions.map(({ label, run: action }) => (
        <li key={label}>
          <button
            type="button"
            aria-disabled={state.busy}
            onClick={() => (typeof action === "string" ? goTo(action) : void run(action))}
          >
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
}
