import { functionsIn } from "../../local/live-code";

const lambda = (function_name: string) => ({
  type: "aws_lambda_function",
  instances: [{ attributes: { function_name } }],
});

it("finds the folder of each function by its name, with and without the time of a plan", () => {
  const resources = [
    lambda("identity-local-staff-pre-sign-up"),
    lambda("identity-local-pre-sign-up-custom-auth-27093105"),
    lambda("identity-local-staff-of-another-project"),
    { type: "aws_iam_role", instances: [{ attributes: { name: "identity-local-staff-pre-sign-up" } }] },
  ];
  expect(functionsIn(JSON.stringify({ resources }))).toEqual([
    { name: "identity-local-staff-pre-sign-up", folder: "pre-sign-up" },
    { name: "identity-local-pre-sign-up-custom-auth-27093105", folder: "custom-auth" },
  ]);
});
