import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import type { CognitoUserPoolLambdaConfig } from "@cdktf/provider-aws/lib/cognito-user-pool";
import type { TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { z } from "zod";
import * as customAuth from "../functions/custom-auth/settings";
import * as customEmailSender from "../functions/custom-email-sender/settings";
import * as customMessage from "../functions/custom-message/settings";
import * as customSmsSender from "../functions/custom-sms-sender/settings";
import * as postAuthentication from "../functions/post-authentication/settings";
import * as postConfirmation from "../functions/post-confirmation/settings";
import * as preSignUp from "../functions/pre-sign-up/settings";
import * as preTokenGeneration from "../functions/pre-token-generation/settings";
import { type Access, type AccessSettings, accessSchema } from "../functions/shared/access";
import { settingsObject } from "../functions/shared/settings";
import * as userMigration from "../functions/user-migration/settings";
import { checkPreSignUp } from "./pre-sign-up-checks";
import { checked } from "./settings";
import * as check from "./trigger-checks";
import type { TriggerResources } from "./trigger-resources";

/** What a function may do beside writing its log, on exactly one thing. */
export interface Grant {
  readonly name: string;
  readonly actions: readonly string[];
  readonly on: "user-pool" | { readonly Resource: string } | { readonly NotResource: string };
  /** The condition on which it may. */
  readonly when?: (userPoolId: string) => object;
}

/** All that is to be known of a trigger, and known nowhere else. */
interface Slot<Schema extends z.ZodType> {
  /** The folder of its handler in `functions/`. */
  readonly folder: string;
  /** What can be set. */
  readonly settings: Schema;
  /** Its place in `lambda_config`. */
  readonly attach: (arn: string, settings: z.output<Schema>) => CognitoUserPoolLambdaConfig;
  /** Refuses settings that do not go with the pool. */
  readonly check?: (settings: z.output<Schema>, pool: check.PoolShape, where: string, attached: boolean) => void;
  /** Whether the pool's `access` brings it, and is handed to it. */
  readonly heldToAccess?: true;
  /** What its handler reads besides its settings. */
  readonly told?: (resources: TriggerResources, pool: check.PoolShape) => object;
  /** What its function may do; the block list is granted to all that are held to `access`. */
  readonly grants?: (resources: TriggerResources, settings: z.output<Schema>) => readonly Grant[];
  /** Whether Cognito calls it without waiting, so that failures must be kept for somebody to see. */
  readonly sender?: true;
  /** What the pool gets for it. */
  readonly inPool?: (
    scope: Construct,
    userPoolId: string,
    settings: z.output<Schema>,
    lifecycle: TerraformResourceLifecycle,
  ) => void;
}

const slot = <Schema extends z.ZodType>(row: Slot<Schema>) => row;

/** Every trigger of Cognito that the provider can deploy, under its name in a pool's settings. */
const SLOTS = {
  preSignUp: slot({
    folder: "pre-sign-up",
    settings: preSignUp.settingsSchema(),
    attach: (arn) => ({ preSignUp: arn }),
    check: checkPreSignUp,
    heldToAccess: true,
    grants: (_, { takeOverGuard }) =>
      takeOverGuard ? [{ name: "look-up-users", actions: ["cognito-idp:AdminGetUser"], on: "user-pool" }] : [],
  }),
  postConfirmation: slot({
    folder: "post-confirmation",
    settings: postConfirmation.settingsSchema(),
    attach: (arn) => ({ postConfirmation: arn }),
    grants: () => [{ name: "join-group", actions: ["cognito-idp:AdminAddUserToGroup"], on: "user-pool" }],
    // Whoever is in a group that goes is in it no more.
    inPool: (scope, userPoolId, { group }, lifecycle) =>
      new CognitoUserGroup(scope, "default-group", { userPoolId, name: group, lifecycle }),
  }),
  userMigration: slot({
    folder: "user-migration",
    settings: userMigration.settingsSchema(),
    attach: (arn) => ({ userMigration: arn }),
    check: check.checkUserMigration,
    told: (_, pool) => ({ recoversBy: check.recoversBy(pool) }),
    grants: ({ arnOf }, { table }) => [
      {
        name: "read-legacy-users",
        actions: ["dynamodb:GetItem"],
        on: { Resource: arnOf("dynamodb", `table/${table}`) },
      },
    ],
  }),
  preAuthentication: slot({
    folder: "pre-authentication",
    settings: settingsObject({}),
    attach: (arn) => ({ preAuthentication: arn }),
    check: check.checkPreAuthentication,
    heldToAccess: true,
  }),
  postAuthentication: slot({
    folder: "post-authentication",
    settings: postAuthentication.settingsSchema(),
    attach: (arn) => ({ postAuthentication: arn }),
    check: check.checkPostAuthentication,
    told: ({ signIns }) => ({ table: signIns.name }),
    grants: ({ signIns }) => [
      {
        name: "record-sign-ins",
        actions: ["dynamodb:PutItem", "dynamodb:ConditionCheckItem"],
        on: { Resource: signIns.arn },
      },
    ],
  }),
  customAuth: slot({
    folder: "custom-auth",
    settings: customAuth.settingsSchema(),
    attach: (arn) => ({ defineAuthChallenge: arn, createAuthChallenge: arn, verifyAuthChallengeResponse: arn }),
    check: check.checkCustomAuth,
    told: ({ oneTimeCodes, codeKey, mailIdentity }) => ({
      from: mailIdentity.from,
      table: oneTimeCodes.name,
      keyArn: codeKey.arn,
    }),
    grants: ({ oneTimeCodes, codeKey, mailIdentity }) => [
      {
        name: "keep-codes",
        actions: ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:UpdateItem"],
        on: { Resource: oneTimeCodes.arn },
      },
      {
        name: "encrypt-codes",
        actions: ["kms:Encrypt", "kms:Decrypt"],
        on: { Resource: codeKey.arn },
        when: ofPool,
      },
      sendMail(mailIdentity),
    ],
  }),
  preTokenGeneration: slot({
    folder: "pre-token-generation",
    settings: preTokenGeneration.settingsSchema(),
    // Cognito wants the two to agree, so neither is left to what it was.
    attach: (arn, { eventVersion }) => ({
      preTokenGeneration: arn,
      ...(eventVersion > 1 && { preTokenGenerationConfig: { lambdaArn: arn, lambdaVersion: `V${eventVersion}_0` } }),
    }),
    check: check.checkTokens,
    heldToAccess: true,
  }),
  customMessage: slot({
    folder: "custom-message",
    settings: customMessage.settingsSchema(),
    attach: (arn) => ({ customMessage: arn }),
    check: check.checkCustomMessage,
  }),
  customEmailSender: slot({
    folder: "custom-email-sender",
    settings: customEmailSender.settingsSchema(),
    attach: (arn) => ({ customEmailSender: { lambdaArn: arn, lambdaVersion: "V1_0" } }),
    check: check.checkEmailSender,
    told: ({ codeKey, mailIdentity }) => ({ keyArn: codeKey.arn, from: mailIdentity.from }),
    grants: (resources, { through }) => [
      readCodes(resources),
      "webhook" in through ? readSecret(resources, through.webhook) : sendMail(resources.mailIdentity),
    ],
    sender: true,
  }),
  customSmsSender: slot({
    folder: "custom-sms-sender",
    settings: customSmsSender.settingsSchema(),
    attach: (arn) => ({ customSmsSender: { lambdaArn: arn, lambdaVersion: "V1_0" } }),
    check: check.checkSmsSender,
    told: ({ codeKey }) => ({ keyArn: codeKey.arn }),
    grants: (resources, { through }) => [
      readCodes(resources),
      "webhook" in through
        ? readSecret(resources, through.webhook)
        : { name: "send-text-messages", actions: ["sns:Publish"], on: resources.textMessages },
    ],
    sender: true,
  }),
} as const;

/** Only what Cognito encrypted for this pool. */
const ofPool = (userPoolId: string) => ({ StringEquals: { "kms:EncryptionContext:userpool-id": userPoolId } });

const sendMail = ({ from, arn }: TriggerResources["mailIdentity"]): Grant => ({
  name: "send-mail",
  actions: ["ses:SendEmail"],
  on: { Resource: arn },
  when: () => ({ StringEquals: { "ses:FromAddress": addressOf(from) } }),
});

/** Of a sender as `mail.from` allows it. */
const addressOf = (from: string) => /<(.+)>$/.exec(from)?.[1] ?? from;

const readCodes = ({ codeKey }: TriggerResources): Grant => ({
  name: "read-codes",
  actions: ["kms:Decrypt"],
  on: { Resource: codeKey.arn },
  when: ofPool,
});

const readBlockList = ({ arn }: { arn: string }): Grant => ({
  name: "read-block-list",
  actions: ["dynamodb:BatchGetItem"],
  on: { Resource: arn },
});

const readSecret = ({ arnOf }: TriggerResources, { secretParameter }: { secretParameter: string }): Grant => ({
  name: "read-webhook-secret",
  actions: ["ssm:GetParameter"],
  on: { Resource: arnOf("ssm", `parameter${secretParameter}`) },
});

export type SlotName = keyof typeof SLOTS;

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
    readonly [Name in SlotName]?: z.input<(typeof SLOTS)[Name]["settings"]> & Attachable;
  };
  /**
   * Who may come in. It brings the triggers that can refuse a person: pre sign-up, pre authentication, and pre token
   * generation, which runs at a refresh too.
   * @default everybody
   */
  readonly access?: AccessSettings;
}

/** A trigger that a pool has. */
export interface Trigger {
  readonly name: SlotName;
  readonly folder: string;
  readonly attached: boolean;
  readonly sender: boolean;
  readonly heldToAccess: boolean;
  readonly attach: (arn: string) => CognitoUserPoolLambdaConfig;
  /** As its handler reads them. */
  readonly handlerSettings: (resources: TriggerResources) => object;
  readonly grants: (resources: TriggerResources) => readonly Grant[];
  readonly inPool: (scope: Construct, userPoolId: string, lifecycle: TerraformResourceLifecycle) => void;
}

const attached = z.boolean().default(true);
const triggersSchema = settingsObject(
  Object.fromEntries(Object.keys(SLOTS).map((name) => [name, z.looseObject({ attached }).optional()])),
);

/**
 * The triggers that a pool's settings ask for.
 * @throws SettingsError when a setting is wrong, or does not go with the pool
 */
export function triggersOf({ triggers = {}, access }: TriggerSettings, pool: check.PoolShape): Trigger[] {
  check.checkChallengeSlots(triggers, pool);
  const given = checked(triggersSchema, triggers, `${pool.id}.triggers`);
  const restriction = pool.restricted ? checked(accessSchema(), access ?? {}, `${pool.id}.access`) : undefined;
  const names = Object.keys(SLOTS) as SlotName[];
  const wanted = names.filter((name) => given[name] || (restriction && slotOf(name).heldToAccess));
  check.checkPool(pool, wanted);
  return wanted.map((name) => triggerOf(name, { attached: true, ...given[name] }, pool, restriction));
}

const slotOf = (name: SlotName) => SLOTS[name] as unknown as Slot<z.ZodType<object>>;

function triggerOf(
  name: SlotName,
  { attached, ...given }: { attached: boolean },
  pool: check.PoolShape,
  restriction?: Access,
): Trigger {
  const { folder, settings: schema, heldToAccess, sender = false, ...row } = slotOf(name);
  const where = `${pool.id}.triggers.${name}`;
  const settings = checked(schema, given, where);
  row.check?.(settings, pool, where, attached);
  const access = heldToAccess ? restriction : undefined;
  return {
    name,
    folder,
    attached,
    sender,
    heldToAccess: access !== undefined,
    attach: (arn) => row.attach(arn, settings),
    handlerSettings: (resources) => ({
      ...settings,
      ...row.told?.(resources, pool),
      ...(access && { access: { ...access, blockListTable: resources.blockList?.name } }),
    }),
    grants: (resources) => [
      ...(row.grants?.(resources, settings) ?? []),
      ...(access && resources.blockList ? [readBlockList(resources.blockList)] : []),
    ],
    inPool: (scope, userPoolId, lifecycle) => row.inPool?.(scope, userPoolId, settings, lifecycle),
  };
}
