/** A change of a resource, as in a plan. */
export interface Planned {
  readonly type: string;
  readonly mode?: "managed" | "data";
  readonly address?: string;
  readonly previous_address?: string;
  readonly actions?: readonly string[];
  readonly before?: object | null;
  readonly after?: object | null;
  readonly after_unknown?: object;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
}

/** A plan with these changes, as `terraform show -json` prints it. */
export function planText(changes: readonly Planned[], more: object = {}): string {
  return JSON.stringify({ format_version: "1.2", resource_changes: changes.map(resourceChange), ...more });
}

/** One entry of `resource_changes` or `resource_drift`. */
export function resourceChange({ type, address = `${type}.it`, previous_address, actions, mode, ...change }: Planned) {
  const { before = null, after = null } = change;
  const usual = before === null ? ["create"] : after === null ? ["delete"] : ["update"];
  return {
    address,
    ...(previous_address && { previous_address }),
    mode: mode ?? "managed",
    type,
    name: address.split(".").at(-1),
    change: {
      before_sensitive: {},
      after_sensitive: {},
      after_unknown: {},
      ...change,
      before,
      after,
      actions: actions ?? usual,
    },
  };
}
