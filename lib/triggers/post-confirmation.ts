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
    { name: "join-group", actions: ["cognito-idp:AdminAddUserToGroup"], on: { resources: [pool.arn] } },
  ],
  check({ afterPasswordReset }, { id, selfSignUp, identityProviders }, where) {
    if (selfSignUp || afterPasswordReset || identityProviders) return;
    throw new SettingsError(
      `${where} does not run for people whom administrators create, and ${id}.selfSignUp is false, so nobody would get into the group: set afterPasswordReset to true, or leave it out.`,
    );
  },
  addToPool(scope, pool, { group }, lifecycle) {
    new CognitoUserGroup(scope, "default-group", { userPoolId: pool.id, name: group, lifecycle });
  },
});
