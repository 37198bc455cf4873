import { useId } from "preact/hooks";
import type { PageConfig } from "../../contract/pools";
import type { Card } from "../cards";
import type { Form } from "../form";
import { formOf } from "../forms";
import type { State } from "../state";
import { useCard } from "../use-card";
import { AppSecretBox } from "./app-secret-box";
import { OtherActions } from "./other-actions";
import { PoolIcon } from "./pool-icon";
import { SignedIn } from "./signed-in";
import { Stages } from "./stages";
import { StepForm } from "./step-form";

/** Only the build for the local cloud has this part. */
const LastStep = import.meta.env.MODE === "local-cloud" ? (await import("../local/last-step")).LastStep : undefined;

export interface PoolCardProps {
  readonly card: Card;
  readonly config: PageConfig;
}

/** The card of one pool: the stages, and the form of the present step. */
export function PoolCard({ card, config }: PoolCardProps) {
  const controls = useCard(card, config.endpoint);
  const { state } = controls;
  const { step, name, busy, problem, session, app } = state;
  const { title, words, pool, attributes } = card;
  const id = useId();

  const form = step === "starting" || step === "signedIn" ? undefined : formOf(step, card, name);
  const heading = useId();
  return (
    <section
      className={`card ${pool.signIn} with-${attributes.length} ${pool.secondFactor ? "with-app" : ""}`}
      data-pool={card.name}
      aria-labelledby={id}
      aria-busy={busy}
    >
      <header className="card-head">
        <PoolIcon pool={pool} />
        <div>
          <h2 id={id}>{title}</h2>
          <p>{words.about}</p>
        </div>
      </header>
      <Stages card={card} step={step} />
      <div className="step">
        <h3 id={heading} tabIndex={-1}>
          {step === "starting" ? "One moment …" : (form?.title ?? "You are signed in")}
        </h3>
        <Lead state={state} form={form} />
        {form && app && <AppSecretBox key={app.secret} app={app} />}
        {form && <StepForm key={step} form={form} controls={controls} />}
        {session && <SignedIn session={session} pool={pool} controls={controls} headedBy={heading} />}
        <p className="alert" role="alert">
          {problem && !concernsField(form, state) && problem.text}
        </p>
        {form && <OtherActions actions={form.others} controls={controls} />}
      </div>
      {LastStep && <LastStep card={card} config={config} state={state} />}
    </section>
  );
}

/** Describes the step or, right after a successful step, what that has done. */
function Lead({ state: { notice, step }, form }: { readonly state: State; readonly form: Form | undefined }) {
  const usual = step === "signedIn" ? "This is what the tokens say about you." : form?.lead;
  return <output className={notice ? "lead done" : "lead"}>{notice ?? usual}</output>;
}

/** Whether the problem is shown next to a field. */
const concernsField = (form: Form | undefined, { problem }: State) =>
  form?.fields.some(({ name, fixed }) => name === problem?.field && !fixed) ?? false;
