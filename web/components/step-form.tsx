import type { TargetedEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Form } from "../form";
import { readTyped } from "../typed";
import type { CardControls } from "../use-card";
import { FieldRow } from "./field-row";

export interface StepFormProps {
  readonly form: Form;
  readonly controls: CardControls;
}

/** The fields of a step and the button that sends them. Values are only in the fields, not in the card's state. */
export function StepForm({ form, controls: { state, run, showError } }: StepFormProps) {
  const { name, busy, problem, touched } = state;
  const element = useRef<HTMLFormElement>(null);

  // After a step, the first empty field gets the focus. When the page is opened, the focus does not move.
  const cameByStep = useRef(touched);
  useEffect(() => {
    if (!cameByStep.current) return;
    const inputs = [...(element.current?.querySelectorAll<HTMLInputElement>("input:not([readonly])") ?? [])];
    (inputs.find(({ value }) => value === "") ?? inputs[0])?.focus();
  }, []);
  useEffect(() => {
    if (problem?.field) element.current?.querySelector<HTMLInputElement>(`[name="${problem.field}"]`)?.focus();
  }, [problem]);

  const submit = (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    try {
      const typed = readTyped(form.fields, values);
      void run((context) => form.send(context, typed), typed.name || undefined);
    } catch (error) {
      showError(error);
    }
  };

  return (
    <form ref={element} onSubmit={submit} noValidate>
      {form.fields.map((field) => (
        <FieldRow
          key={field.name}
          field={field}
          value={field.name === "name" ? name : ""}
          problem={problem?.field === field.name && !field.fixed ? problem.text : undefined}
        />
      ))}
      {/* A disabled button would lose the focus. A second click does nothing. */}
      <button type="submit" className="main" aria-disabled={busy}>
        {busy ? "One moment …" : form.submit}
      </button>
    </form>
  );
}
