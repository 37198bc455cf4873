import type { z } from "zod";
import * as preAuthentication from "../functions/pre-authentication/settings";
import * as preSignUp from "../functions/pre-sign-up/settings";
import { type AccessSettings, accessSchema } from "../functions/shared/access";
import { settingsObject } from "../functions/shared/settings";
import { checked } from "./settings";

interface Slot {
  /** The handler's folder in `functions/`. */
  readonly folder: string;
  readonly settings: z.ZodType;
}

/** Every trigger slot, under its name in `lambda_config`. */
const SLOTS = {
  preSignUp: { folder: "pre-sign-up", settings: preSignUp.settingsSchema() },
  preAuthentication: { folder: "pre-authentication", settings: preAuthentication.settingsSchema() },
} satisfies Record<string, Slot>;

export type SlotName = keyof typeof SLOTS;

/** What a pool's settings say of its triggers. */
export interface TriggerSettings {
  /** The triggers that are asked for by name. */
  readonly triggers?: {
    /** Who is confirmed at sign-up, and who is refused. */
    readonly preSignUp?: preSignUp.PreSignUpSettings;
  };
  /**
   * Who may come in. It brings the pre authentication trigger.
   * @default everybody
   */
  readonly access?: AccessSettings;
}

/** A trigger that a pool has, and its settings as its handler reads them. */
export interface Trigger {
  readonly slot: SlotName;
  readonly folder: string;
  readonly settings: unknown;
}

const triggersSchema = settingsObject({ preSignUp: SLOTS.preSignUp.settings.optional() });

/**
 * The triggers that a pool's settings ask for.
 * @param where what an error calls the pool
 * @throws SettingsError when a setting is wrong
 */
export function triggersOf(settings: TriggerSettings, where: string): Trigger[] {
  const asked: Partial<Record<SlotName, unknown>> = checked(
    triggersSchema,
    settings.triggers ?? {},
    `${where}.triggers`,
  );
  if (settings.access) {
    asked.preAuthentication = {
      access: checked(accessSchema(), settings.access, `${where}.access`),
    };
  }
  return (Object.keys(SLOTS) as SlotName[])
    .filter((slot) => asked[slot] !== undefined)
    .map((slot) => ({ slot, folder: SLOTS[slot].folder, settings: asked[slot] }));
}
