import { useId, useMemo } from "react";
import type { PageConfig, WayName } from "../config";
import { type Form, formOf } from "../forms";
import { openPool } from "../pool";
import type { State } from "../state";
import { useWay } from "../use-way";
import { ways } from "../ways";
import { Others } from "./others";
import { SignedIn } from "./signed-in";
import { Stages } from "./stages";
import { StepForm } from "./step-form";
import { WayIcon } from "./way-icon";

/** What helps on the local cloud; any other build leaves it out. */
const LastStep = import.meta.env.MODE === "local-cloud" ? (await import("../local/last-step")).LastStep : undefined;

export interface WayCardProps {
  readonly way: WayName;
  readonly config: PageConfig;
}

/** One way in: how far somebody is, and what they can do next. */
export function WayCard({ way, config }: WayCardProps) {
  const pool = useMemo(() => openPool(config, way), [config, way]);
  const onWay = useWay(way, pool, config.pools[way]);
  const { state } = onWay;
  const { step, name, busy, problem, session } = state;
  const { title, about } = ways[way];
  const id = useId();

  const form = step === "starting" || step === "signedIn" ? undefined : formOf(step, way, config.pools[way], name);
  const heading = useId();
  return (
    <section className={`way ${way}`} aria-labelledby={id} aria-busy={busy}>
      <header className="way-head">
        <WayIcon way={way} />
        <div>
          <h2 id={id}>{title}</h2>
          <p>{about}</p>
        </div>
      </header>
      <Stages way={way} step={step} />
      <div className="step">
        <h3 id={heading} tabIndex={-1}>
          {step === "starting" ? "\u00a0" : (form?.title ?? "You are signed in")}
        </h3>
        <Lead state={state} form={form} />
        {form && <StepForm key={step} form={form} onWay={onWay} />}
        {session && <SignedIn session={session} onWay={onWay} headedBy={heading} />}
        <p className="alert" role="alert">
          {problem && !concernsField(form, state) && problem.text}
        </p>
        {form && <Others others={form.others} onWay={onWay} />}
      </div>
      {LastStep && <LastStep way={way} config={config} state={state} />}
    </section>
  );
}

/** What the step is about or, right after the one before, what that has done. */
function Lead({ state: { notice, step }, form }: { readonly state: State; readonly form: Form | undefined }) {
  const usual = step === "signedIn" ? "This is what the tokens say of you." : form?.lead;
  return <output className={notice ? "lead done" : "lead"}>{notice ?? usual}</output>;
}

/** Whether the problem is shown next to a field. */
const concernsField = (form: Form | undefined, { problem }: State) =>
  form?.fields.some(({ name, fixed }) => name === problem?.field && !fixed) ?? false;
