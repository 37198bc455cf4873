import type { WayName } from "../config";
import type { Step } from "../state";
import { ways } from "../ways";

/** How far somebody has come. */
export function Stages({ way, step }: { readonly way: WayName; readonly step: Step }) {
  const { stages, title } = ways[way];
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
