import type { Construct } from "constructs";
import type { BlockList } from "./block-list";
import { CodeKey } from "./code-key";
import type { Environment } from "./environments";
import { ExpiringTable } from "./expiring-table";
import { mailResource } from "./local-gaps";
import { PHONE_NUMBERS } from "./text-messages";

/** What the triggers of a pool may use besides the pool itself. */
export interface TriggerResources {
  /** Who is refused without a deployment. */
  readonly blockList?: { readonly name: string; readonly arn: string };
  /** When people signed in. */
  readonly signIns: { readonly name: string; readonly arn: string };
  /** The codes of passwordless sign-in. */
  readonly oneTimeCodes: { readonly name: string; readonly arn: string };
  /** What codes are encrypted with. */
  readonly codeKey: { readonly arn: string };
  /** Who mails are from. */
  readonly mailIdentity: { readonly from: string; readonly arn: string };
  readonly textMessages: typeof PHONE_NUMBERS;
  /** The ARN of something of this account and Region that is not ours, as `dynamodb` and `table/legacy-users`. */
  readonly arnOf: (service: string, path: string) => string;
}

export interface TriggerResourcesProps {
  readonly environment: Environment;
  /** The pool's name, with which the names of what is made begin. */
  readonly name: string;
  readonly blockList?: BlockList;
}

/** The resources of a pool's triggers. Each is made when it is first asked for, so that a pool has what it needs. */
export function triggerResources(
  scope: Construct,
  { environment, name, blockList }: TriggerResourcesProps,
): TriggerResources {
  const { mail, region, account } = environment;
  const made = new Map<string, unknown>();
  const once = <Made>(id: string, make: () => Made): Made => {
    if (!made.has(id)) made.set(id, make());
    return made.get(id) as Made;
  };
  const table = (id: string, ...keys: [string, string?]) =>
    once(id, () => new ExpiringTable(scope, id, { environment, name: `${name}-${id}`, keys }));
  return {
    blockList,
    get signIns() {
      return table("sign-ins", "user", "at");
    },
    get oneTimeCodes() {
      return table("one-time-codes", "user");
    },
    get codeKey() {
      return once("code-key", () => new CodeKey(scope, "code-key", { environment, name }));
    },
    mailIdentity:
      mail.sender === "ses"
        ? { from: mail.from, arn: mailResource(mail.identityArn, environment) }
        : { from: "", arn: "" },
    textMessages: PHONE_NUMBERS,
    arnOf: (service, path) => `arn:aws:${service}:${region}:${account}:${path}`,
  };
}
