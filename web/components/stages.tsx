import type { Card } from "../cards";
import type { Step } from "../state";

/** The list of stages, with the present one marked. */
export function Stages({ card: { stages, title }, step }: { readonly card: Card; readonly step: Step }) {
  const now = stages.findIndex(({ steps }) => steps.includes(step));
  return (
    <ol className="stages" aria-label={`Steps: ${title}`}>
      {stages.map((stage, index) => (
        <li
          key={stage.title}
          className={index < now ? "past" : undefined}
          aria-current={index === now ? "step" : undefined}
        >
          {stage.title}
        </li>
      ))}
    </ol>
  );
}
