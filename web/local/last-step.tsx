import { useEffect, useState } from "preact/hooks";
import type { PageConfig } from "../../contract/pools";
import type { Card } from "../cards";
import type { State } from "../state";
import "./last-step.css";
import { type Run, readRuns } from "./runs";
import { purposes } from "./triggers";

export interface LastStepProps {
  readonly card: Card;
  readonly config: PageConfig;
  readonly state: State;
}

/** The triggers that ran in the last step, with their answers, and a link to the mailbox. */
export function LastStep({ card, config, state: { busy, began } }: LastStepProps) {
  const { triggers, mailbox } = config;
  const { userPoolId, verifies } = card.pool;
  const [runs, setRuns] = useState<readonly Run[]>();
  useEffect(() => {
    if (busy || began === 0 || !triggers) return;
    let stale = false;
    readRuns(triggers, { userPoolId, since: began }).then(
      (found) => stale || setRuns(found),
      () => stale || setRuns(undefined),
    );
    return () => {
      stale = true;
    };
  }, [busy, began, triggers, userPoolId]);

  return (
    <aside className="last-step" aria-label={`Triggers of the last step: ${card.name}`}>
      <header>
        <h3>Triggers in the last step</h3>
        {verifies.length > 0 && mailbox && (
          <a href={mailbox} target="_blank" rel="noreferrer">
            Mailbox
          </a>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what is below */}
      <section className="runs" tabIndex={0} aria-label={`What ran: ${card.name}`}>
        {runs && runs.length > 0 ? (
          <ol>
            {runs.map((run) => (
              <RunItem key={`${run.at} ${run.source}`} run={run} />
            ))}
          </ol>
        ) : (
          <p>
            {runs
              ? "None: Cognito ran no trigger."
              : "This is the local cloud. After each step, the triggers that ran are shown here."}
          </p>
        )}
      </section>
    </aside>
  );
}

function RunItem({ run: { operation, trigger, source, outcome, answer, ms } }: { readonly run: Run }) {
  const refused = typeof answer === "string";
  return (
    <li className={refused ? "refused" : undefined}>
      <p>
        <strong>{source}</strong>{" "}
        <span>
          at {operation}, {ms} ms
        </span>
      </p>
      <p>{purposes[trigger]}</p>
      {outcome === "queued" ? (
        <p>Cognito does not wait for its answer.</p>
      ) : (
        <p>
          {refused ? `Refused (${outcome}): ` : "Answered: "}
          <code>{refused ? answer : spaced(answer)}</code>
        </p>
      )}
    </li>
  );
}

/** JSON with spaces, at which the browser can break the line. */
const spaced = (answer: object) => JSON.stringify(answer, null, 1).replace(/\n\s*/g, " ");
