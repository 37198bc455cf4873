import type { Construct } from "constructs";
import type { BlockList } from "../block-list";
import { CodeKey } from "../code-key";
import type { Environment } from "../environments";
import { ExpiringTable } from "../expiring-table";
import { mailResource } from "../local-gaps";
import { poolTableName } from "../names";

/** The resources that triggers can need besides the pool. A pool has only those that its triggers name in `needs`. */
export interface TriggerResources {
  /** The table of sign-ins. */
  readonly signIns: { readonly name: string; readonly arn: string };
  /** The table of one-time codes for passwordless sign-in. */
  readonly oneTimeCodes: { readonly name: string; readonly arn: string };
  /** The key that encrypts the codes. */
  readonly codeKey: { readonly arn: string };
  /** The sender of mails, and the ARN of its SES identity. Both are empty if Cognito's own sender sends the mails. */
  readonly mailIdentity: { readonly from: string; readonly replyTo?: string; readonly arn: string };
}

/** The name of a resource in {@link TriggerResources}. */
export type ResourceName = keyof TriggerResources;

export interface ResourcesProps {
  readonly environment: Environment;
  /** The pool's name. The names of its resources begin with it. */
  readonly name: string;
  readonly blockList?: BlockList;
}

/** The resources of one pool's triggers. Each is created once, for the first trigger that needs it. */
export class PoolResources {
  readonly blockList: BlockList | undefined;
  private readonly made: Partial<TriggerResources> = {};
  private readonly make: { [Name in ResourceName]: () => TriggerResources[Name] };

  constructor(
    scope: Construct,
    private readonly props: ResourcesProps,
  ) {
    const { environment, name } = props;
    const table = (id: string, ...keys: [string, string?]) =>
      new ExpiringTable(scope, id, { environment, name: poolTableName(name, id), keys });
    this.blockList = props.blockList;
    this.make = {
      signIns: () => table("sign-ins", "user", "at"),
      oneTimeCodes: () => table("one-time-codes", "user"),
      codeKey: () => new CodeKey(scope, "code-key", { environment, name }),
      mailIdentity: () =>
        environment.mail.sender === "ses"
          ? {
              from: environment.mail.from,
              replyTo: environment.mail.replyTo,
              arn: mailResource(environment.mail.identityArn, environment),
            }
          : { from: "", arn: "" },
    };
  }

  /** The resources with these names. Those that the pool does not have yet are created, in this order. */
  provide<Name extends ResourceName>(names: readonly Name[]): Pick<TriggerResources, Name> {
    return Object.fromEntries(names.map((name) => [name, this.one(name)])) as Pick<TriggerResources, Name>;
  }

  private one<Name extends ResourceName>(name: Name): TriggerResources[Name] {
    const made: TriggerResources[Name] = this.made[name] ?? this.make[name]();
    this.made[name] = made;
    return made;
  }

  /**
   * The ARN of a resource in this account and Region that is not of this stack, such as `dynamodb`,
   * `table/legacy-users`.
   */
  arnOf(service: string, path: string): string {
    const { region, account } = this.props.environment;
    return `arn:aws:${service}:${region}:${account}:${path}`;
  }
}
