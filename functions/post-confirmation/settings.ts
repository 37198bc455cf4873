import { z } from "zod";
import { settingsObject } from "../shared/settings-object";

/** What can be set for the post confirmation trigger. */
export const settingsSchema = () =>
  settingsObject({
    /** The name of the group that every confirmed user is put into. Terraform creates the group. */
    group: z
      .string()
      .max(128, "must be 128 characters at most")
      .regex(
        /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u,
        "must be the name of a group: letters, digits and signs, without spaces",
      ),
    /**
     * Whether a user's own password reset puts the user into the group, too. A user whom somebody took out of the group
     * can then come back with a reset.
     * @default false
     */
    afterPasswordReset: z.boolean().default(false),
  });

export type PostConfirmationSettings = z.input<ReturnType<typeof settingsSchema>>;
export type Settings = z.output<ReturnType<typeof settingsSchema>>;
