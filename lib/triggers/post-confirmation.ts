import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { settingsSchema } from "../../functions/post-confirmation/settings";
import { defineTrigger } from "./trigger";

/** Puts confirmed users into a group. */
export const postConfirmation = defineTrigger({
  cognitoTriggers: ["PostConfirmation"],
  folder: "post-confirmation",
  settings: settingsSchema(),
  attach: (arn) => ({ postConfirmation: arn }),
  permissions: ({ pool }) => [
    { name: "join-group", actions: ["cognito-idp:AdminAddUserToGroup"], on: { resources: [pool.arn] } },
  ],
  addToPool(scope, pool, { group }, lifecycle) {
    new CognitoUserGroup(scope, "default-group", { userPoolId: pool.id, name: group, lifecycle });
  },
});
