import { type Change, isObject, same, UNKNOWN } from "../change";
import type { Rule } from "../rule";
import { listed, thing } from "../words";

/** The attributes of a pool. */
export const schemaChanged: Rule = {
  id: "schema-changed",
  effect: "loss",
  reason:
    "Cognito fixes an attribute for ever: the deployment fails halfway, or the pool is replaced with all its people.",
  check(change) {
    if (change.type !== "aws_cognito_user_pool" || (change.kind !== "update" && change.kind !== "replace")) return [];
    if (change.after("schema") === UNKNOWN) {
      return [{ text: `What attributes the ${thing(change)} will have is known only after the deployment.` }];
    }
    const before = attributes(change, "before");
    const after = attributes(change, "after");
    const gone = [...before.keys()].filter((name) => !after.has(name));
    const other = [...before.keys()].filter((name) => after.has(name) && !same(before.get(name), after.get(name)));
    const required = [...after].filter(
      ([name, attribute]) => change.kind === "update" && !before.has(name) && Reflect.get(attribute, "required"),
    );
    return [
      ...(required.length > 0
        ? [
            {
              text: `Adds the required attribute ${listed(required.map(([name]) => name))} to the ${thing(change)}, which AWS refuses.`,
            },
          ]
        : []),
      ...(gone.length > 0 ? [{ text: `Takes the attribute ${listed(gone)} from the ${thing(change)}.` }] : []),
      ...(other.length > 0 ? [{ text: `Changes the attribute ${listed(other)} of the ${thing(change)}.` }] : []),
    ];
  },
};

/** The longest and shortest text of an attribute for which the schema says nothing. */
const ANY_TEXT = [{ min_length: "0", max_length: "2048" }];

function attributes(change: Change, when: "before" | "after"): Map<string, object> {
  const schema = change[when]("schema");
  const list = Array.isArray(schema) ? schema.filter(isObject) : [];
  return new Map(
    list.map(({ name, string_attribute_constraints: text, ...rest }) => [
      String(name),
      { ...rest, text: rest.attribute_data_type === "String" && same(text, undefined) ? ANY_TEXT : text },
    ]),
  );
}
