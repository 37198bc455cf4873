import { settingsObject } from "../../functions/shared/settings-object";
import { SettingsError } from "../checked-settings";
import { defineTrigger } from "./trigger";

/** Refuses people at sign-in, before Cognito checks the password. */
export const preAuthentication = defineTrigger({
  cognitoTriggers: ["PreAuthentication"],
  folder: "pre-authentication",
  settings: settingsObject({}),
  attach: (arn) => ({ preAuthentication: arn }),
  enforcesAccess: true,
  check(_, pool, where) {
    if (pool.restricted) return;
    throw new SettingsError(`${where} refuses nobody without access: add access to ${pool.id}, or leave it out.`);
  },
});
