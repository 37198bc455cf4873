/** A change of a plan. */
export interface Change {
  readonly address: string;
  /** As in Terraform's JSON: `["create"]`, or `["no-op"]` for a mere import. */
  readonly actions: readonly string[];
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[]; readonly importing?: object };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

const changesNothing = (actions: readonly string[]) => ["no-op", "read"].includes(actions[0] ?? "");

/** The changes in a plan that `terraform show -json` prints: resources, what is only imported too, and outputs. */
export function changesOf(json: string): Change[] {
  const { resource_changes: resources = [], output_changes: outputs = {} }: PlanJson = JSON.parse(json);
  return [
    ...resources
      .filter(({ change }) => change.importing || !changesNothing(change.actions))
      .map(({ address, change: { actions } }) => ({ address, actions })),
    ...Object.entries(outputs)
      .filter(([, { actions }]) => !changesNothing(actions))
      .map(([name, { actions }]) => ({ address: `output.${name}`, actions })),
  ];
}

/**
 * The changes that are not among those which the person saw. What was to be created may exist since then: to import it
 * and to correct its settings is no surprise.
 */
export function surprises(shown: readonly Change[], now: readonly Change[]): Change[] {
  return now.filter(({ address, actions }) => {
    const seen = shown.find((change) => change.address === address);
    const isCorrection = seen?.actions[0] === "create" && ["no-op", "update"].includes(actions[0] ?? "");
    return !isCorrection && seen?.actions.join() !== actions.join();
  });
}

/** As `create aws_s3_bucket.code_bucket_E0B119EB`. */
export const changeInWords = ({ address, actions }: Change) => `${actions.join(" and ")} ${address}`;
