import type { z } from "zod";
import { messageShape } from "../shared/messages/settings";
import { settingsObject } from "../shared/settings";

/** What can be set for the custom message trigger. */
export const settingsSchema = () => settingsObject(messageShape());

export type CustomMessageSettings = z.input<ReturnType<typeof settingsSchema>>;
export type Settings = z.output<ReturnType<typeof settingsSchema>>;
