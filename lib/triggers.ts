import * as preSignUp from "../functions/pre-sign-up/settings";
import { type Access, type AccessSettings, accessSchema } from "../functions/shared/access";
import { settingsObject } from "../functions/shared/settings";
import { checkPreSignUp, type PoolShape } from "./pre-sign-up-checks";
import { checked } from "./settings";

/** What a function may do beside writing its log. */
export interface Grant {
  readonly name: string;
  readonly actions: readonly string[];
  readonly resource: "user-pool" | "block-list";
}

/** What a pool's settings say of its triggers. */
export interface TriggerSettings {
  /** The triggers that are asked for by name. */
  readonly triggers?: {
    /** Who is confirmed at sign-up, and who is refused. */
    readonly preSignUp?: preSignUp.PreSignUpSettings;
  };
  /**
   * Who may come in. It brings the triggers that can refuse a person: pre sign-up, pre authentication, and pre token
   * generation, which runs at a refresh too.
   * @default everybody
   */
  readonly access?: AccessSettings;
}

const ownSettings = { preSignUp: preSignUp.settingsSchema() };

/** Every trigger slot under its name in `lambda_config`, with the folder of its handler. */
const SLOTS = {
  preSignUp: { folder: "pre-sign-up" },
  preAuthentication: { folder: "pre-authentication" },
  preTokenGeneration: { folder: "pre-token-generation" },
} as const;

export type SlotName = keyof typeof SLOTS;

/** A trigger that a pool has. */
export interface Trigger {
  readonly slot: SlotName;
  readonly folder: string;
  /** As its handler reads them. */
  readonly settings: object;
  readonly grants: readonly Grant[];
}

/**
 * The triggers that a pool's settings ask for.
 * @param blockListTable the table that `access` reads too, if any
 * @throws SettingsError when a setting is wrong, or does not go with the pool
 */
export function triggersOf(
  { triggers = {}, access: accessSettings }: TriggerSettings,
  pool: PoolShape,
  blockListTable?: string,
): Trigger[] {
  const schema = settingsObject({ preSignUp: ownSettings.preSignUp.optional() });
  const own = checked(schema, triggers, `${pool.id}.triggers`);
  if (own.preSignUp) checkPreSignUp(own.preSignUp, pool);
  const access: Access | undefined =
    accessSettings || blockListTable
      ? { ...checked(accessSchema(), accessSettings ?? {}, `${pool.id}.access`), blockListTable }
      : undefined;

  const made: Trigger[] = [];
  const add = (slot: SlotName, settings: object, ...grants: Grant[]) =>
    made.push({
      slot,
      folder: SLOTS[slot].folder,
      settings: { ...settings, ...(access && { access }) },
      grants: [...grants, ...(blockListTable ? [READ_BLOCK_LIST] : [])],
    });

  if (own.preSignUp || access) {
    const settings = own.preSignUp ?? ownSettings.preSignUp.parse({});
    add("preSignUp", settings, ...(settings.takeOverGuard ? [LOOK_UP_USERS] : []));
  }
  if (access) {
    add("preAuthentication", {});
    add("preTokenGeneration", {});
  }
  return made;
}

const READ_BLOCK_LIST: Grant = {
  name: "read-block-list",
  actions: ["dynamodb:BatchGetItem"],
  resource: "block-list",
};
const LOOK_UP_USERS: Grant = {
  name: "look-up-users",
  actions: ["cognito-idp:ListUsers"],
  resource: "user-pool",
};
