import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { settingsSchema } from "../../functions/post-confirmation/settings";
import { SettingsError } from "../checked-settings";
import { defineTrigger } from "./trigger";

/** Puts confirmed users into a group. */
export const postConfirmation = defineTrigger({
  cognitoTriggers: ["PostConfirmation"],
  folder: "post-confirmation",
  settings: settingsSchema(),
  attach: (arn) => ({ postConfirmation: arn }),
  permissions: ({ pool }) => [
    { name: "join-group", actions: ["cognito-idp:AdminAddUserToGroup"], on: { Resource: pool.arn } },
  ],
  check({ afterPasswordReset }, pool, where) {
    if (pool.legacyTable === undefined || afterPasswordReset !== undefined) return;
    throw new SettingsError(
      `${where}.afterPasswordReset is missing, which a pool with userMigration needs: set it to true, because only a password reset puts migrated users into the group, or to false if they must stay outside.`,
    );
  },
  addToPool(scope, pool, { group }, lifecycle) {
    new CognitoUserGroup(scope, "default-group", { userPoolId: pool.id, name: group, lifecycle });
  },
});
