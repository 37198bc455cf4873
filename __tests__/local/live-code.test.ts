import { functionsIn } from "../../local/live-code";

const lambda = (function_name: string, s3_key: string | null) => ({
  type: "aws_lambda_function",
  instances: [{ attributes: { function_name, s3_key } }],
});

it("finds the handler of each function by the key of its code, with and without the time of a plan", () => {
  const resources = [
    lambda("identity-local-staff-pre-sign-up", "functions/identity-local/pre-sign-up"),
    lambda(
      "identity-local-verified-pre-sign-up-27093105",
      "functions/identity-local/with-providers/pre-sign-up/with-linking-27093105",
    ),
    lambda("identity-local-staff-of-another-project", null),
    { type: "aws_s3_object", instances: [{ attributes: { key: "functions/identity-local/pre-sign-up" } }] },
  ];
  expect(functionsIn(JSON.stringify({ resources }))).toEqual([
    { name: "identity-local-staff-pre-sign-up", handler: "pre-sign-up" },
    { name: "identity-local-verified-pre-sign-up-27093105", handler: "with-providers/pre-sign-up/with-linking" },
  ]);
});
