import type { z } from "zod";
import type { Access } from "../shared/access";
import { claimMistakes } from "./claim-rules";
import { type TokenSettings, tokenSettings } from "./token-settings";

/** What can be set for the pre token generation trigger. */
export const settingsSchema = () =>
  tokenSettings().superRefine((settings, context) => {
    for (const mistake of claimMistakes(settings)) context.addIssue({ code: "custom", ...mistake });
  });

export type PreTokenGenerationSettings = z.input<ReturnType<typeof settingsSchema>>;
export type Settings = TokenSettings & { readonly access?: Access };
