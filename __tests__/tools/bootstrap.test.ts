import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { run } from "../../tools/bootstrap";
import { testEnvironment } from "../lib/synthesized";
import { fakeSdk, printedBy } from "./fake-sdk";

const { answers } = fakeSdk(S3Client, STSClient);
beforeEach(() => {
  answers.GetCallerIdentity = { Account: "111111111111" };
});

const bootstrap = printedBy((args) => run(args, undefined, new AbortController().signal));

/** The same for an environment that is not in lib/environments.ts. */
async function bootstrapTest(...args: string[]) {
  const err = jest.spyOn(console, "error").mockImplementation();
  const code = await run(args, () => testEnvironment(), new AbortController().signal);
  return { code, err: err.mock.calls.map(([line]) => line).join("\n") };
}

const failure = (name: string, message = "", more: object = {}) => Object.assign(new Error(message), { name, ...more });

it("prints its help", async () => {
  expect(await bootstrap("--help")).toEqual({ code: 0, err: "", out: expect.stringContaining("--unlock <id>") });
});

it.each([
  [[], "--environment is missing: it must be one of local, dev, prod"],
  [["--environment", "stage"], '--environment is "stage", but the environments are local, dev, prod'],
  [["--environment", "local"], "local needs no bootstrap: npm run local deploys it"],
  [["--enviroment", "dev"], "Unknown option '--enviroment'"],
])("refuses %j", async (args, sentence) => {
  const { code, err } = await bootstrap(...args);
  expect({ code, err }).toEqual({ code: 2, err: `${sentence}; npm run bootstrap -- --help says more.` });
});

it.each([
  [
    "credentials of another account",
    { Account: "333333333333" },
    "The AWS credentials are of account 333333333333, but test is account 111111111111: nothing was done.",
  ],
  [
    "no credentials",
    failure("CredentialsProviderError", "Could not load credentials from any providers"),
    "test needs AWS credentials of account 111111111111: Could not load credentials from any providers",
  ],
  [
    "credentials that have run out",
    failure("ExpiredToken", "The security token included in the request is expired", { $metadata: {} }),
    "AWS refused with ExpiredToken: The security token included in the request is expired",
  ],
  ["no network", failure("Error", "", { code: "ENOTFOUND" }), "AWS in eu-west-1 cannot be reached (ENOTFOUND)."],
])("says in one sentence that there are %s", async (_, answer, sentence) => {
  answers.GetCallerIdentity = answer;
  expect(await bootstrapTest("--environment", "test", "--unlock", "4b1d")).toEqual({ code: 1, err: sentence });
});

it("says that the bucket of the lock does not exist", async () => {
  answers.GetObject = failure("NoSuchBucket", "The specified bucket does not exist", { $metadata: {} });
  expect(await bootstrapTest("--environment", "test", "--unlock", "4b1d")).toEqual({
    code: 1,
    err: "AWS refused with NoSuchBucket: The specified bucket does not exist",
  });
});
