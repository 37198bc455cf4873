import { z } from "zod";
import { settingsObject } from "../shared/settings";

/** What can be set for the pre sign-up trigger. */
export const settingsSchema = () =>
  settingsObject({
    /**
     * Who is confirmed at sign-up, and so signs in without typing a code.
     * @default "nobody"
     */
    autoConfirm: z.enum(["nobody", "everyone"]).default("nobody"),
    /**
     * Refuses whatever could lead back to a person: any attribute, and a user name that is an email address or a phone
     * number.
     * @default false
     */
    anonymous: z.boolean().default(false),
  });

export type PreSignUpSettings = z.input<ReturnType<typeof settingsSchema>>;
export type Settings = z.output<ReturnType<typeof settingsSchema>>;
