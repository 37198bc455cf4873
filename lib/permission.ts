/** A permission of a role. */
export interface Permission {
  /** The name of the policy. */
  readonly name: string;
  readonly actions: readonly string[];
  readonly on: { readonly Resource: string } | { readonly NotResource: string };
  /**
   * An IAM condition, such as `{ StringEquals: … }`.
   * @default none
   */
  readonly condition?: object;
}
