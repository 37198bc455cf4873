import type { Wording } from "../shared/messages/messages-settings";
import { settingsObject } from "../shared/settings-object";

/** What can be set for the custom message trigger: nothing, since the pool's `messages` say it. */
export const settingsSchema = () => settingsObject({});

export type Settings = Wording;
