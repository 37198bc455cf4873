import type { Field, Typed } from "./forms";
import { Mistake } from "./problem";

/**
 * What was typed into a form, without what sticks to it when it is pasted.
 * @throws Mistake where a field is empty, or cannot be what it should
 */
export function readTyped(fields: readonly Field[], values: FormData): Typed {
  const typed = { name: "", password: "", code: "" };
  for (const { name, label, type, digits, fixed } of fields) {
    const value = String(values.get(name) ?? "");
    // A password is taken as it is, spaces and all.
    typed[name] = type === "password" ? value : type === "code" ? value.replace(/\s/g, "") : value.trim();
    if (fixed) continue;
    if (!typed[name]) throw new Mistake(name, `Type the ${label.toLowerCase()}.`);
    if (type === "code" && !/^\d+$/.test(typed[name])) throw new Mistake(name, "A code has digits only.");
    if (digits && typed[name].length !== digits) throw new Mistake(name, `This code has ${digits} digits.`);
    if (type === "email" && !/^[^\s@]+@[^\s@]+$/.test(typed[name])) {
      throw new Mistake(name, "This is not an email address, as in name@example.org.");
    }
  }
  return typed;
}
