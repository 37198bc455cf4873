import { parseArguments } from "../arguments";
import { ReviewError } from "./review-error";
import { RULE_IDS } from "./rules";

export const HELP = `Review a plan: whom it would hurt (docs/review.md)

  npm run review -- --environment <name>
      Synthesize the environment's stacks, plan them without changing or locking anything, and review the plans.
  npm run review -- --plan <file>
      Review a saved plan: what terraform show -json <plan> printed. - is the standard input.

  --format <form>          markdown (the default: a comment for a pull request; empty if nothing changes) or json
  --json <file>            Also write the JSON form into a file, from the same plan
  --allow <rule>=<reason>  Allow what a rule finds, for this plan. The comment shows the reason. Can be given several times
  --base <folder>          With --environment: the cdktf.out of the base, to see whether prevent_destroy is removed
  --help                   Print this

  Exit codes: 0 nothing that hurts people; 3 something that hurts people; 1 it could not be found out.`;

export interface CommandLine {
  readonly plan?: string;
  readonly environment?: string;
  readonly format: "markdown" | "json";
  /** Where the JSON form is written, too. */
  readonly json?: string;
  readonly allowed: ReadonlyMap<string, string>;
  readonly base?: string;
}

/**
 * Reads the arguments. Returns undefined for --help.
 * @throws ReviewError whose message says in one sentence what is wrong
 */
export function readCommandLine(args: string[]): CommandLine | undefined {
  const { plan, environment, format, json, allow, base, help } = parseArguments({ args, options }, usage).values;
  if (help) return undefined;
  if (plan === undefined && environment === undefined) {
    throw usage("Nothing to review: give --environment <name> or --plan <file>");
  }
  if (format !== "markdown" && format !== "json") {
    throw usage(`--format is "${format}", but it must be markdown or json`);
  }
  if (base !== undefined && plan !== undefined) throw usage("--base goes with --environment, not with --plan");
  for (const [name, value] of Object.entries({ plan, environment, json, base })) {
    if (value === "") throw usage(`--${name} is empty`);
  }
  return { plan, environment, format, json, allowed: allowedRules(allow), base };
}

const options = {
  plan: { type: "string" },
  environment: { type: "string" },
  format: { type: "string", default: "markdown" },
  json: { type: "string" },
  allow: { type: "string", multiple: true },
  base: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

function allowedRules(allow: readonly string[] = []): Map<string, string> {
  return new Map(
    allow.map((text) => {
      const [rule = "", ...rest] = text.split("=");
      const reason = rest.join("=").trim();
      if (!RULE_IDS.includes(rule))
        throw usage(`--allow names the rule "${rule}", but the rules are ${RULE_IDS.join(", ")}`);
      if (reason === "") throw usage(`--allow ${rule} has no reason: it must be --allow ${rule}=<reason>`);
      return [rule, reason];
    }),
  );
}

function usage(sentence: string): ReviewError {
  return new ReviewError(`${sentence}; npm run review -- --help says more.`);
}
