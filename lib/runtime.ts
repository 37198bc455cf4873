import { cdktf } from "@cdktf/provider-aws/package.json";

// The Lambda runtime of every function, and the Node.js version that the bundles are made for. Both follow the AWS
// provider that the installed bindings are for, because the provider refuses a runtime that it does not know.

/** A runtime of Lambda, with the days that AWS has named for its end, as `YYYY-MM-DD`. */
export interface Runtime {
  readonly name: `nodejs${number}.x`;
  /** The oldest AWS provider that accepts it, as major and minor version. */
  readonly provider: readonly [number, number];
  /** From this day on AWS no longer mends it. */
  readonly deprecated: string;
  /** From this day on AWS makes no new functions with it. */
  readonly createBlocked: string;
  /** From this day on AWS changes no function with it. */
  readonly changeBlocked: string;
  /** How to get the next one. */
  readonly moveOn: string;
}

/**
 * The newest first. The dates are those of October 2026. AWS has put off such dates before (`nodejs20.x`: from July 2026
 * to August 2027), so look at its page before a date comes, and write the new one here.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/44986 for the provider of `nodejs24.x`
 */
export const RUNTIMES: readonly [Runtime, ...Runtime[]] = [
  {
    name: "nodejs24.x",
    provider: [6, 19],
    deprecated: "2028-04-30",
    createBlocked: "2028-06-01",
    changeBlocked: "2028-07-01",
    moveOn: "add the next runtime to lib/runtime.ts, and install bindings of a provider that accepts it",
  },
  {
    name: "nodejs22.x",
    // Older ones accept it, too, but cdktf 0.21 has no bindings for them.
    provider: [5, 99],
    deprecated: "2027-04-30",
    createBlocked: "2027-06-01",
    changeBlocked: "2027-07-01",
    moveOn: "run npm install --save-exact @cdktf/provider-aws@21.22.1, as docs/moving-to-provider-6.md describes",
  },
];

/** The AWS provider that the installed bindings are for, such as 5.100.0. */
export const PROVIDER_VERSION = cdktf.provider.version;

/**
 * The newest runtime that an AWS provider accepts.
 * @throws Error when no runtime of the list goes with it
 */
export function newestRuntime(providerVersion: string): Runtime {
  const [major = 0, minor = 0] = providerVersion.split(".").map(Number);
  const accepts = ({ provider: [first, second] }: Runtime) => major > first || (major === first && minor >= second);
  const runtime = RUNTIMES.find(accepts);
  if (runtime) return runtime;
  throw new Error(`AWS provider ${providerVersion} accepts none of ${RUNTIMES.map(({ name }) => name).join(", ")}.`);
}

/** The runtime of every function. */
export const RUNTIME = newestRuntime(PROVIDER_VERSION);

/** The target of the bundles, in esbuild's spelling. */
export const BUNDLE_TARGET = RUNTIME.name.replace(/nodejs(\d+)\.x/, "node$1");
