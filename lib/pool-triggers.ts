import { z } from "zod";
import { type AccessSettings, accessSchema } from "../functions/shared/access";
import { settingsObject } from "../functions/shared/settings-object";
import { checked, SettingsError } from "./checked-settings";
import { checkPool } from "./pool-checks";
import type { PoolShape } from "./pool-shape";
import { TRIGGERS, type TriggerName } from "./triggers";
import type { PoolTrigger, Trigger } from "./triggers/trigger";

interface Attachable {
  /**
   * Whether the pool calls it. `false` provisions everything but that, for a first deployment before the one that
   * attaches it, so that no sign-in falls into the moment between the pool's change and the permission.
   * @default true
   */
  readonly attached?: boolean;
}

/** What a pool's settings say of its triggers. */
export interface TriggerSettings {
  /** The triggers that are asked for by name. */
  readonly triggers?: {
    readonly [Name in TriggerName]?: z.input<(typeof TRIGGERS)[Name]["settings"]> & Attachable;
  };
  /**
   * Who may come in. It brings the triggers that can refuse a person: pre sign-up, pre authentication, and pre token
   * generation, which runs at a refresh too.
   * @default everybody
   */
  readonly access?: AccessSettings;
}

/**
 * The triggers that a pool's settings ask for.
 * @throws SettingsError when a setting is wrong, or does not go with the pool
 */
export function triggersOf({ triggers = {}, access: accessSettings }: TriggerSettings, pool: PoolShape): PoolTrigger[] {
  const all: [name: string, Trigger][] = Object.entries(TRIGGERS);
  for (const [, { otherNames = {} }] of all) {
    const other = Object.keys(otherNames).find((name) => name in triggers);
    if (other) throw new SettingsError(`${pool.id}.triggers has "${other}", ${otherNames[other]}.`);
  }
  const given: Record<string, { attached: boolean } | undefined> = checked(
    triggersSchema(),
    triggers,
    `${pool.id}.triggers`,
  );
  const access = pool.restricted ? checked(accessSchema(), accessSettings ?? {}, `${pool.id}.access`) : undefined;
  const wanted = all.filter(([name, trigger]) => given[name] || (access && trigger.enforcesAccess));
  checkPool(
    pool,
    wanted.map(([name]) => name),
  );
  return wanted.map(([name, trigger]) => {
    const { attached, ...settings } = { attached: true, ...given[name] };
    return trigger.turnOn(settings, { pool, where: `${pool.id}.triggers.${name}`, attached, access });
  });
}

/** Which triggers are asked for, and whether they are attached; each of them knows the rest. */
const triggersSchema = () => {
  const attached = z.boolean().default(true);
  return settingsObject(
    Object.fromEntries(Object.keys(TRIGGERS).map((name) => [name, z.looseObject({ attached }).optional()])),
  );
};
