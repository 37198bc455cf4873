/** A difference that the JSON of a lane must have from ours. */
export interface Expected {
  readonly name: string;
  /** Where it is in the JSON of all stacks; `*` stands for one name. */
  readonly path: readonly string[];
  readonly theirs: string;
}

/** Other versions of dependencies, with which the project must also work. */
export interface Lane {
  readonly name: string;
  /** What `package.json` has instead. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Dependencies whose version holds for the dependencies' own dependencies, too. */
  readonly overrides: readonly string[];
  readonly expected: readonly Expected[];
}

const PROVIDER_6 = {
  dependencies: { "@cdktf/provider-aws": "21.22.1" },
  expected: [
    { name: "the AWS provider", path: ["*", "terraform", "required_providers", "aws", "version"], theirs: "6.25.0" },
    { name: "the runtime", path: ["*", "resource", "aws_lambda_function", "*", "runtime"], theirs: "nodejs24.x" },
  ],
};

// An alias: every import of cdktf gets cdktn, the bindings' imports, too.
const CDKTN = {
  dependencies: { cdktf: "npm:cdktn@0.24.0", constructs: "10.6.0" },
  overrides: ["cdktf", "constructs"],
  expected: [{ name: "the version of CDKTF", path: ["*", "//", "metadata", "version"], theirs: "0.24.0" }],
};

export const LANES: readonly Lane[] = [
  { name: "provider-6", ...PROVIDER_6, overrides: [] },
  { name: "cdktn", ...CDKTN },
  {
    name: "cdktn-provider-6",
    dependencies: { ...PROVIDER_6.dependencies, ...CDKTN.dependencies },
    overrides: CDKTN.overrides,
    expected: [...PROVIDER_6.expected, ...CDKTN.expected],
  },
];
