import { z } from "zod";
import { settingsObject } from "../functions/shared/settings-object";

/** How long a token is valid, in the unit of its setting. */
export interface Lifetime {
  readonly value: number;
  readonly unit: "minutes" | "hours" | "days";
}

const MINUTES = { minutes: 1, hours: 60, days: 1440 };

const inMinutes = ({ value, unit }: Lifetime) => value * MINUTES[unit];

/** The settings of each token, the coarse one first, and the default of that one. */
const TOKENS = {
  access: { coarse: "accessHours", unit: "hours", fine: "accessMinutes", usual: 1 },
  id: { coarse: "idHours", unit: "hours", fine: "idMinutes", usual: 1 },
  refresh: { coarse: "refreshDays", unit: "days", fine: "refreshMinutes", usual: 30 },
} as const;

type Given = Partial<Record<(typeof TOKENS)[keyof typeof TOKENS]["coarse" | "fine"], number>>;

/** The setting that decides how long a token is valid, and what it says. */
function lifetime(given: Given, token: keyof typeof TOKENS): Lifetime & { readonly setting: keyof Given } {
  const { coarse, unit, fine, usual } = TOKENS[token];
  const minutes = given[fine];
  return minutes === undefined
    ? { value: given[coarse] ?? usual, unit, setting: coarse }
    : { value: minutes, unit: "minutes", setting: fine };
}

/**
 * How long a sign-in lasts. Each token has a setting in Cognito's usual unit, and one in minutes.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
 */
export const tokensSchema = () =>
  settingsObject({
    /** Hours. @default 1 */
    accessHours: z.int().min(1).max(24).optional(),
    /** Minutes, instead of `accessHours`. */
    accessMinutes: z.int().min(5).max(1440).optional(),
    /** Hours. @default 1 */
    idHours: z.int().min(1).max(24).optional(),
    /** Minutes, instead of `idHours`. */
    idMinutes: z.int().min(5).max(1440).optional(),
    /** Days. @default 30 */
    refreshDays: z.int().min(1).max(3650).optional(),
    /** Minutes, instead of `refreshDays`. */
    refreshMinutes: z
      .int()
      .min(60)
      .max(3650 * 1440)
      .optional(),
    /** Minutes between the steps of one sign-in. @default 3 */
    sessionMinutes: z.int().min(3).max(15).default(3),
  })
    .superRefine((given, context) => {
      const refuse = (setting: keyof Given, message: string) =>
        context.addIssue({ code: "custom", path: [setting], input: given[setting], message });
      for (const { coarse, fine } of Object.values(TOKENS)) {
        if (given[coarse] !== undefined && given[fine] !== undefined) {
          refuse(fine, `must be left out, or ${coarse} must, which says the same`);
        }
      }
      const refresh = lifetime(given, "refresh");
      for (const token of ["access", "id"] as const) {
        const { value, unit, setting } = lifetime(given, token);
        if (inMinutes(refresh) >= inMinutes({ value, unit })) continue;
        refuse(refresh.setting, `must last as long as ${setting}, which is ${value}, or longer`);
      }
    })
    .transform(({ sessionMinutes, ...given }) => ({
      access: lifetime(given, "access"),
      id: lifetime(given, "id"),
      refresh: lifetime(given, "refresh"),
      sessionMinutes,
    }));
