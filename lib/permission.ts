/** What a role may do, on what. */
export interface Permission {
  /** The name of its policy. */
  readonly name: string;
  readonly actions: readonly string[];
  readonly on: { readonly Resource: string } | { readonly NotResource: string };
  /**
   * On which condition, as `{ StringEquals: … }`.
   * @default always
   */
  readonly condition?: object;
}
