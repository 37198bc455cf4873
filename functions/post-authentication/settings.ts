import { z } from "zod";
import { settingsObject } from "../shared/settings-object";

/** What can be set for the post authentication trigger. */
export const settingsSchema = () =>
  settingsObject({
    /**
     * How many days a sign-in is stored.
     * @default 90
     */
    keepDays: z.int().min(1).max(3650).default(90),
    /**
     * Whether a sign-in succeeds that cannot be recorded in time.
     * @default "allow"
     */
    onFailure: z.enum(["allow", "deny"]).default("allow"),
  });

export type PostAuthenticationSettings = z.input<ReturnType<typeof settingsSchema>>;

/** The settings as the function reads them: synthesis adds the name of the table. */
export type Settings = z.output<ReturnType<typeof settingsSchema>> & { readonly table: string };
