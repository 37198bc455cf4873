import { cardsOf } from "../../web/cards";
import type { FormStep } from "../../web/form";
import { formOf } from "../../web/forms";
import { EMAIL_POOL } from "../pools";

const hosted = "https://auth.example.org";
const providers = ["Google", "SignInWithApple", "LoginWithAmazon", "Partner"];

const buttons = (step: FormStep, changes: object) => {
  const [card] = cardsOf({ pools: { pool: { ...EMAIL_POOL, ...changes } } });
  if (!card) throw new Error("There is a card for each pool.");
  return formOf(step, card, "")
    .others.map(({ label }) => label)
    .filter((label) => label.startsWith("Continue with"));
};

it.each<FormStep>(["signUp", "signIn"])("offers each identity provider where people begin: %s", (step) => {
  const labels = ["Google", "Apple", "Amazon", "Partner"].map((name) => `Continue with ${name}`);
  expect(buttons(step, { hosted, providers })).toEqual(labels);
});

it.each([{}, { hosted }, { providers }, { hosted, providers: [] }])("offers none with %j", (changes) => {
  expect(buttons("signIn", changes)).toEqual([]);
});
