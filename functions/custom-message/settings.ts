import type { Access } from "../shared/access";
import type { Wording } from "../shared/messages/messages-settings";
import { settingsObject } from "../shared/settings-object";

/** The settings of the custom message trigger: none, because it uses the pool's `messages`. */
export const settingsSchema = () => settingsObject({});

export type Settings = Wording & { readonly access?: Access };
