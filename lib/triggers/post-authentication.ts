import { settingsSchema } from "../../functions/post-authentication/settings";
import { SettingsError } from "../checked-settings";
import { defineTrigger } from "./trigger";

/** Records sign-ins for a number of days. */
export const postAuthentication = defineTrigger({
  cognitoTriggers: ["PostAuthentication"],
  folder: "post-authentication",
  settings: settingsSchema(),
  attach: (arn) => ({ postAuthentication: arn }),
  needs: ["signIns"],
  addedSettings: ({ signIns }) => ({ table: signIns.name }),
  permissions: ({ signIns }) => [
    {
      name: "record-sign-ins",
      actions: ["dynamodb:PutItem", "dynamodb:ConditionCheckItem"],
      on: { resources: [signIns.arn] },
    },
  ],
  check(_, pool, where) {
    if (!pool.anonymous) return;
    throw new SettingsError(
      `${where} records who signs in and when, which an anonymous pool must not do: leave out the trigger or preSignUp.anonymous.`,
    );
  },
});
