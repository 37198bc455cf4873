import type { Field, Typed } from "./form";
import { Mistake } from "./problem";

/** Characters that are removed: spaces around a value and, in codes and phone numbers, those between the digits. */
const IGNORED = { text: /^\s+|\s+$/g, email: /^\s+|\s+$/g, code: /\s/g, tel: /[\s().-]/g };

/**
 * The values of a form, without characters that are often pasted with them.
 * @throws Mistake when a field is empty or its value is not of the field's type
 */
export function readTyped(fields: readonly Field[], values: FormData): Typed {
  const typed = { name: "", email: "", phone_number: "", password: "", code: "" };
  for (const { name, label, type, digits, fixed, optional } of fields) {
    const value = String(values.get(name) ?? "");
    // A password is not changed: spaces belong to it.
    typed[name] = type === "password" ? value : value.replace(IGNORED[type], "");
    if (fixed || (optional && !typed[name])) continue;
    if (!typed[name]) throw new Mistake(name, `Type the ${label.toLowerCase()}.`);
    if (type === "code" && !/^\d+$/.test(typed[name])) throw new Mistake(name, "A code has digits only.");
    if (digits && typed[name].length !== digits) throw new Mistake(name, `This code has ${digits} digits.`);
    if (type === "email" && !/^[^\s@]+@[^\s@]+$/.test(typed[name])) {
      throw new Mistake(name, "This is not an email address, as in name@example.org.");
    }
    if (type === "tel" && !/^\+\d{6,15}$/.test(typed[name])) {
      throw new Mistake(name, "This is not a phone number with its country's code, as in +14155550123.");
    }
  }
  return typed;
}
