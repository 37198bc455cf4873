import type { Statement } from "./policy-document";

/** A permission of a role. */
export interface Permission extends Pick<Statement, "condition"> {
  /** The name of the policy. */
  readonly name: string;
  readonly actions: string[];
  readonly on: { readonly resources: string[] } | { readonly notResources: string[] };
}
