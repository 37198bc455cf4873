import type { z } from "zod";
import { accessSchema } from "../shared/access";
import { settingsObject } from "../shared/settings";

/** What can be set for the pre authentication trigger: the pool's `access`, nothing of its own. */
export const settingsSchema = () => settingsObject({ access: accessSchema() });

export type Settings = z.output<ReturnType<typeof settingsSchema>>;
