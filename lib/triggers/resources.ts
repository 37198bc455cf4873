import type { Construct } from "constructs";
import type { BlockList } from "../block-list";
import { CodeKey } from "../code-key";
import type { Environment } from "../environments";
import { ExpiringTable } from "../expiring-table";
import { mailResource } from "../local-gaps";

/** What a trigger can need besides its pool. A pool has only those that its triggers name. */
export interface TriggerResources {
  /** The table of when people signed in. */
  readonly signIns: { readonly name: string; readonly arn: string };
  /** The table of the codes of passwordless sign-in. */
  readonly oneTimeCodes: { readonly name: string; readonly arn: string };
  /** What codes are encrypted with. */
  readonly codeKey: { readonly arn: string };
  /** Who mails are from. Both are empty where Cognito itself sends them. */
  readonly mailIdentity: { readonly from: string; readonly arn: string };
}

/** The name of one of them. */
export type ResourceName = keyof TriggerResources;

export interface ResourcesProps {
  readonly environment: Environment;
  /** The pool's name, with which the names of what is made begin. */
  readonly name: string;
  readonly blockList?: BlockList;
}

/** The resources of one pool's triggers. Each is made once, when the first trigger that needs it is. */
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
      new ExpiringTable(scope, id, { environment, name: `${name}-${id}`, keys });
    this.blockList = props.blockList;
    this.make = {
      signIns: () => table("sign-ins", "user", "at"),
      oneTimeCodes: () => table("one-time-codes", "user"),
      codeKey: () => new CodeKey(scope, "code-key", { environment, name }),
      mailIdentity: () =>
        environment.mail.sender === "ses"
          ? { from: environment.mail.from, arn: mailResource(environment.mail.identityArn, environment) }
          : { from: "", arn: "" },
    };
  }

  /** Those that a trigger names; what the pool does not have yet is made, in their order. */
  provide<Name extends ResourceName>(names: readonly Name[]): Pick<TriggerResources, Name> {
    return Object.fromEntries(names.map((name) => [name, this.one(name)])) as Pick<TriggerResources, Name>;
  }

  private one<Name extends ResourceName>(name: Name): TriggerResources[Name] {
    const made: TriggerResources[Name] = this.made[name] ?? this.make[name]();
    this.made[name] = made;
    return made;
  }

  /** The ARN of something of this account and Region that is not ours, as `dynamodb` and `table/legacy-users`. */
  arnOf(service: string, path: string): string {
    const { region, account } = this.props.environment;
    return `arn:aws:${service}:${region}:${account}:${path}`;
  }
}
