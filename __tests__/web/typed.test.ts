import type { Field } from "../../web/form";
import { Mistake } from "../../web/problem";
import { readTyped } from "../../web/typed";

const field = (name: Field["name"], type: Field["type"], fixed = false): Field => ({
  name,
  type,
  label: "Word",
  autoComplete: "username",
  hint: "",
  fixed,
});

const values = (typed: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(typed)) data.set(name, value);
  return data;
};

const read = (fields: Field[], typed: Record<string, string>) => readTyped(fields, values(typed));

it("removes the spaces around a name and a code, and does not change a password", () => {
  const fields = [field("name", "text"), field("code", "code"), field("password", "password")];
  expect(read(fields, { name: " jane ", code: " 123 456\n", password: " a b " })).toEqual({
    name: "jane",
    code: "123456",
    password: " a b ",
    email: "",
    phone_number: "",
  });
});

it("accepts an empty optional field, and removes what separates the digits of a phone number", () => {
  const optional = { ...field("email", "email"), optional: true };
  expect(
    read([optional, field("phone_number", "tel")], { email: "", phone_number: "+1 (415) 555-0123" }),
  ).toMatchObject({
    email: "",
    phone_number: "+14155550123",
  });
  expect(() => read([optional], { email: "jane" })).toThrow(/^This is not an email address/);
});

it.each<[Field, string, string]>([
  [field("name", "text"), "  ", "Type the word."],
  [field("password", "password"), "", "Type the word."],
  [field("name", "email"), "jane", "This is not an email address, as in name@example.org."],
  [field("code", "code"), "12345a", "A code has digits only."],
  [
    field("phone_number", "tel"),
    "0612345678",
    "This is not a phone number with its country's code, as in +14155550123.",
  ],
  [{ ...field("code", "code"), digits: 6 }, "12345", "This code has 6 digits."],
])("refuses %j", (field, value, sentence) => {
  const attempt = () => read([field], { [field.name]: value });
  expect(attempt).toThrow(new Mistake(field.name, sentence));
});

it("does not check a field that cannot be changed", () => {
  expect(read([field("name", "email", true)], { name: "" }).name).toBe("");
});
