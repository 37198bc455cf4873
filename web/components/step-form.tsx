import { type FormEvent, useEffect, useRef } from "react";
import type { Form } from "../forms";
import { readTyped } from "../typed";
import type { CardControls } from "../use-card";
import { FieldRow } from "./field-row";

export interface StepFormProps {
  readonly form: Form;
  readonly controls: CardControls;
}

/** A step's fields and the button that sends them. What is typed stays in the fields, and in nobody's state. */
export function StepForm({ form, controls: { state, run, showError } }: StepFormProps) {
  const { name, busy, problem, touched } = state;
  const element = useRef<HTMLFormElement>(null);

  // Who has come here by a step goes on in its first empty field; who opens the page is left where they are.
  const arrived = useRef(touched);
  useEffect(() => {
    if (!arrived.current) return;
    const inputs = [...(element.current?.querySelectorAll<HTMLInputElement>("input:not([readonly])") ?? [])];
    (inputs.find(({ value }) => value === "") ?? inputs[0])?.focus();
  }, []);
  useEffect(() => {
    if (problem?.field) element.current?.querySelector<HTMLInputElement>(`[name="${problem.field}"]`)?.focus();
  }, [problem]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
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
      {/* Not disabled: that would take the focus away. A second click does nothing. */}
      <button type="submit" className="main" aria-disabled={busy}>
        {busy ? "One moment …" : form.submit}
      </button>
    </form>
  );
}
