import { useId, useState } from "preact/hooks";
import type { Field } from "../form";

export interface FieldRowProps {
  readonly field: Field;
  /** The initial value. */
  readonly value: string;
  /** What is wrong with the value. It replaces the hint. */
  readonly problem?: string;
}

/** A label, its input, and below it a hint or what is wrong. */
export function FieldRow({ field, value, problem }: FieldRowProps) {
  const { name, label, type, autoComplete, hint, fixed, optional } = field;
  const [shown, setShown] = useState(false);
  const id = useId();
  const note = `${id}-note`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="input">
        <input
          id={id}
          name={name}
          // Preact's types know no input whose type is only known later.
          type={(type === "code" || shown ? "text" : type) as "text"}
          autoComplete={autoComplete}
          autoCapitalize="none"
          autoCorrect="off"
          spellcheck={false}
          inputMode={type === "code" ? "numeric" : undefined}
          maxLength={type === "code" ? 12 : undefined}
          defaultValue={value}
          readOnly={fixed}
          required={!fixed && !optional}
          aria-invalid={problem ? true : undefined}
          aria-describedby={note}
        />
        {type === "password" && (
          <button
            type="button"
            className="show"
            aria-label={`${shown ? "Hide" : "Show"} the ${label.toLowerCase()}`}
            onClick={() => setShown(!shown)}
          >
            {shown ? "Hide" : "Show"}
          </button>
        )}
      </div>
      <div id={note} className="note">
        {!fixed && <p role="alert">{problem}</p>}
        {!problem && hint && <p>{hint}</p>}
      </div>
    </div>
  );
}
