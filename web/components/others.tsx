import type { Other } from "../forms";
import type { OnWay } from "../use-way";

export interface OthersProps {
  readonly others: readonly Other[];
  readonly onWay: OnWay;
}

/** What else can be done at a step than to send its form. */
export function Others({ others, onWay: { state, take, go } }: OthersProps) {
  return (
    <ul className="others">
      {others.map(({ label, run }) => (
        <li key={label}>
          <button
            type="button"
            aria-disabled={state.busy}
            onClick={() => (typeof run === "string" ? go(run) : void take(run))}
          >
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
}
