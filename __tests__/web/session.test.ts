import { sessionOf } from "../../web/session";

it.each([
  [undefined, []],
  [[], []],
  [[{ providerName: "Google", userId: "1" }], ["Google"]],
  [
    [{ providerName: "Google" }, { providerName: "Partner" }],
    ["Google", "Partner"],
  ],
  ["no list", []],
  [[null, {}, { providerName: 7 }], ["7"]],
])("reads the providers of a person from the claim identities: %j", (identities, providers) => {
  expect(sessionOf({ username: "a", exp: 0 }, { identities }).providers).toEqual(providers);
});
