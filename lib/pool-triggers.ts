import { z } from "zod";
import { type AccessSettings, accessSchema } from "../functions/shared/access";
import { settingsObject } from "../functions/shared/settings-object";
import { checkAccess } from "./access-checks";
import { checked, SettingsError } from "./checked-settings";
import { checkConfirmation, checkPool, checkSecondFactor } from "./pool-checks";
import type { PoolShape } from "./pool-shape";
import { TRIGGERS, type TriggerName } from "./triggers";
import type { PoolTrigger, Trigger } from "./triggers/trigger";

/** What every trigger's function can be set to, beside the trigger's own settings. */
const functionSchema = z.object({
  /**
   * Whether the pool calls the function. `false` creates everything else. On a live pool, deploy with `false` first:
   * otherwise sign-ins fail between the pool's change and the creation of the permission.
   * @default true
   */
  attached: z.boolean().default(true),
  /**
   * The function's memory, in MB. Lambda gives a function a share of a processor that grows with it: a whole one at
   * 1769 MB. docs/performance.md has what each function needs.
   * @default 256
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   */
  memory: z.int().min(128).max(10_240).default(256),
});

/** The settings of a pool that concern its triggers. */
export interface TriggerSettings {
  /** Settings of triggers, by name. */
  readonly triggers?: {
    readonly [Name in TriggerName]?: z.input<(typeof TRIGGERS)[Name]["settings"]> & z.input<typeof functionSchema>;
  };
  /**
   * Who may sign up and sign in. It turns on the triggers that can refuse a person: pre sign-up, pre authentication,
   * and pre token generation, which also runs at a refresh.
   * @default everybody
   */
  readonly access?: AccessSettings;
}

/**
 * The triggers that a pool's settings turn on.
 * @throws SettingsError when a setting is wrong, or does not fit the pool
 */
export function triggersOf(
  { triggers = {}, access: accessSettings = {} }: TriggerSettings,
  pool: PoolShape,
): PoolTrigger[] {
  const all: [name: string, Trigger][] = Object.entries(TRIGGERS);
  const named = Object.keys(Object(triggers));
  for (const [, { otherNames = {} }] of all) {
    const other = Object.keys(otherNames).find((name) => named.includes(name));
    if (other) throw new SettingsError(`${pool.id}.triggers has "${other}", ${otherNames[other]}.`);
  }
  const given: Record<string, z.output<typeof functionSchema> | undefined> = checked(
    triggersSchema(),
    triggers,
    `${pool.id}.triggers`,
  );
  const access = pool.restricted ? checked(accessSchema(), accessSettings, `${pool.id}.access`) : undefined;
  const isNeeded = ({ enforcesAccess, turnedOnBy, neededFor }: Trigger) =>
    (access && enforcesAccess) || turnedOnBy?.some((name) => given[name]) || neededFor?.(pool);
  if (access) checkAccess(access, pool);
  const wanted = all.filter(([name, trigger]) => given[name] || isNeeded(trigger));
  checkPool(
    pool,
    wanted.map(([name]) => name),
  );
  const turnedOn = wanted.map(([name, trigger]) => {
    const { attached, memory, ...settings } = { ...functionSchema.parse({}), ...given[name] };
    return trigger.turnOn(settings, { pool, where: `${pool.id}.triggers.${name}`, attached, memory, access });
  });
  checkSecondFactor(pool);
  if (triggers.preSignUp?.linking && given.postConfirmation) {
    throw new SettingsError(
      `${pool.id}.triggers.preSignUp.linking makes profiles for newcomers from providers, for whom Cognito does not run triggers.postConfirmation: leave out one of the two.`,
    );
  }
  const { autoConfirm, attached = true } = triggers.preSignUp ?? {};
  checkConfirmation(pool, attached && autoConfirm !== undefined && autoConfirm !== "nobody");
  return turnedOn;
}

/** Checks only the names of triggers and what every function has. Each trigger checks its own settings. */
const triggersSchema = () =>
  settingsObject(Object.fromEntries(Object.keys(TRIGGERS).map((name) => [name, functionSchema.loose().optional()])));
