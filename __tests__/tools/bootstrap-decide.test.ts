import type { Adoptable } from "../../tools/bootstrap/adoptable";
import { decide, type Found, type Place, type Steps, stepsInWords } from "../../tools/bootstrap/decide";
import { readState, type State } from "../../tools/bootstrap/state";

const place: Place = {
  bucket: "identity-111111111111-dev-state",
  region: "eu-west-1",
  key: "state-dev.tfstate",
};
const code = "identity-111111111111-dev-code";

const STATE_BUCKET: Adoptable = { address: "aws_s3_bucket.state", type: "aws_s3_bucket", id: place.bucket };
const CODE_BUCKET: Adoptable = { address: "aws_s3_bucket.code", type: "aws_s3_bucket", id: code };
const ROLE: Adoptable = { address: "aws_iam_role.plan", type: "aws_iam_role", id: "identity-dev-plan" };

const here = { region: place.region };
const DAMAGED = { kind: "damaged", why: "it is not JSON" } as const;

/** A state that holds these. */
const holding = (...held: Adoptable[]): State => ({
  kind: "state",
  lineage: "one",
  serial: 1,
  addresses: held.map(({ address }) => address),
  buckets: held.filter(({ type }) => type === "aws_s3_bucket").map(({ id }) => id),
});

const NOTHING: Found = {
  buckets: { [place.bucket]: "absent", [code]: "absent" },
  state: "absent",
  oldFile: "absent",
  existing: [],
};
const BUCKETS: Found = {
  ...NOTHING,
  buckets: { [place.bucket]: here, [code]: here },
  existing: [STATE_BUCKET, CODE_BUCKET],
};
const WHOLE: Found = { ...BUCKETS, state: holding(STATE_BUCKET, CODE_BUCKET) };

const NO_STEPS: Steps = { makeBucket: false, setAside: false, takeOver: false, imports: [], notes: [] };

const CASES: [name: string, found: Found, steps: Partial<Steps>][] = [
  ["nothing is there", NOTHING, { makeBucket: true }],
  ["everything is there", WHOLE, {}],
  ["the state is lost", { ...BUCKETS, state: "absent" }, { imports: [STATE_BUCKET, CODE_BUCKET] }],
  ["the state is damaged", { ...BUCKETS, state: DAMAGED }, { setAside: true, imports: [STATE_BUCKET, CODE_BUCKET] }],
  ["the state is empty", { ...BUCKETS, state: holding() }, { imports: [STATE_BUCKET, CODE_BUCKET] }],
  [
    "a run was killed when the first bucket was made",
    { ...NOTHING, buckets: { [place.bucket]: here, [code]: "absent" }, existing: [STATE_BUCKET] },
    { imports: [STATE_BUCKET] },
  ],
  [
    "a role exists that the state does not hold",
    { ...WHOLE, existing: [STATE_BUCKET, CODE_BUCKET, ROLE] },
    { imports: [ROLE] },
  ],
  [
    "the bucket of the state was deleted, and that of the code is left",
    { ...NOTHING, buckets: { [place.bucket]: "absent", [code]: here }, existing: [CODE_BUCKET] },
    { makeBucket: true, imports: [CODE_BUCKET] },
  ],
  [
    "an earlier version's file has the state",
    { ...BUCKETS, oldFile: holding(STATE_BUCKET, CODE_BUCKET) },
    {
      takeOver: true,
      notes: ["state-dev.tfstate in this checkout is no longer used afterwards, and may be deleted."],
    },
  ],
  [
    "that file lacks a bucket that exists",
    { ...BUCKETS, oldFile: holding(STATE_BUCKET) },
    {
      takeOver: true,
      imports: [CODE_BUCKET],
      notes: ["state-dev.tfstate in this checkout is no longer used afterwards, and may be deleted."],
    },
  ],
  [
    "that file is left, and the state is in the bucket",
    { ...WHOLE, oldFile: holding(STATE_BUCKET, CODE_BUCKET) },
    {
      notes: [
        "state-dev.tfstate in this checkout is no longer used, because the state is in the bucket. It may be deleted.",
      ],
    },
  ],
  [
    "that file is damaged",
    { ...BUCKETS, oldFile: DAMAGED },
    {
      imports: [STATE_BUCKET, CODE_BUCKET],
      notes: ["state-dev.tfstate in this checkout is not used, because it is not JSON. It may be deleted."],
    },
  ],
  [
    "that file is of another account",
    { ...NOTHING, oldFile: holding({ ...STATE_BUCKET, id: "identity-333333333333-dev-state" }) },
    {
      makeBucket: true,
      notes: [
        "state-dev.tfstate in this checkout is not used, because it does not hold the bucket identity-111111111111-dev-state.",
      ],
    },
  ],
  [
    "the stored state is damaged, and an earlier version's file is left: that may be old, so what exists is imported",
    { ...BUCKETS, state: DAMAGED, oldFile: holding(STATE_BUCKET, CODE_BUCKET) },
    {
      setAside: true,
      imports: [STATE_BUCKET, CODE_BUCKET],
      notes: [
        "state-dev.tfstate in this checkout is no longer used, because the state is in the bucket. It may be deleted.",
      ],
    },
  ],
];

it.each(CASES)("when %s", (_, found, steps) => {
  expect(decide(found, place)).toEqual({ ...NO_STEPS, ...steps });
});

it.each([
  [
    "another account's",
    { [place.bucket]: "refused" as const, [code]: "absent" as const },
    "The bucket identity-111111111111-dev-state exists, but your credentials may not use it: it is another account's, because a bucket's name is unique in all of AWS, or they have too few permissions. Use other credentials, or change APP in lib/environments.ts.",
  ],
  [
    "in another Region",
    { [place.bucket]: here, [code]: { region: "us-east-1" } },
    "The bucket identity-111111111111-dev-code is in us-east-1, but the environment is in eu-west-1: correct the environment's region, or delete the bucket if nothing needs it.",
  ],
])("stops when a bucket is %s", (_, buckets, stop) => {
  expect(decide({ ...NOTHING, buckets }, place)).toEqual({ stop });
});

it("says each step in words", () => {
  const steps = { ...NO_STEPS, makeBucket: true, setAside: true, takeOver: true, imports: [CODE_BUCKET, ROLE] };
  expect(stepsInWords(steps, place)).toEqual([
    "make the bucket identity-111111111111-dev-state for Terraform's state, which Terraform then imports",
    "keep the damaged state state-dev.tfstate in the bucket, as state-dev.tfstate.damaged-<time>",
    "store the state of the file state-dev.tfstate in the bucket",
    "import what exists: the bucket identity-111111111111-dev-code",
    "import what exists: the role identity-dev-plan",
  ]);
  expect(stepsInWords(NO_STEPS, place)).toEqual([]);
});

describe("a stored state", () => {
  const resource = (mode: string, type: string, name: string, ...instances: object[]) => ({
    mode,
    type,
    name,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances,
  });
  const stored = {
    version: 4,
    terraform_version: "1.11.4",
    serial: 7,
    lineage: "c0ffee",
    outputs: {},
    resources: [
      resource("managed", "aws_s3_bucket", "code", { schema_version: 0, attributes: { bucket: code } }),
      resource("managed", "aws_s3_bucket", "gone"),
      resource("data", "aws_iam_policy_document", "policy", { attributes: {} }),
    ],
    check_results: null,
  };

  it("is read", () => {
    expect(readState(JSON.stringify(stored))).toEqual({
      kind: "state",
      lineage: "c0ffee",
      serial: 7,
      addresses: ["aws_s3_bucket.code"],
      buckets: [code],
    });
  });

  it.each([
    ["", "it is empty"],
    [" \n", "it is empty"],
    [JSON.stringify(stored).slice(0, 100), "it is not JSON"],
    ["[]", "it is not an object"],
    ["null", "it is not an object"],
    ["{}", 'its "version" is not that of a state'],
    [JSON.stringify({ ...stored, version: 3 }), 'its "version" is not that of a state'],
    [JSON.stringify({ ...stored, lineage: "" }), 'its "lineage" is not that of a state'],
    [JSON.stringify({ ...stored, resources: [{}] }), 'its "resources.0.mode" is not that of a state'],
  ])("is damaged: %j", (text, why) => {
    expect(readState(text)).toEqual({ kind: "damaged", why });
  });
});
