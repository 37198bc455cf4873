import { errorIn, planIn } from "../../local/terraform-output";

describe("planIn", () => {
  it("is the plan, without the progress lines before it", () => {
    const output = `identity-local  Initializing the backend...
identity-local  aws_iam_role.role (role): Refreshing state... [id=role]
identity-local  Terraform used the selected providers to generate the following execution
                plan. Resource actions are indicated with the following symbols:
                  ~ update in-place

                Plan: 0 to add, 1 to change, 0 to destroy.

                ─────────────────────────────────────────────────────

                Saved the plan to: plan
`;
    expect(planIn(output)).toBe(`Terraform used the selected providers to generate the following execution
plan. Resource actions are indicated with the following symbols:
  ~ update in-place

Plan: 0 to add, 1 to change, 0 to destroy.`);
  });

  it("says when nothing would change", () => {
    const output = "state-local  Refreshing state...\nstate-local  No changes. All is well.\n";
    expect(planIn(output)).toBe("No changes. All is well.");
  });
});

describe("errorIn", () => {
  it("begins at Terraform's first error", () => {
    const output = `state-local  aws_s3_bucket.b: Creating...
1 Stack deploying     0 Stacks done     0 Stacks waiting
state-local  Error: creating bucket

               with aws_s3_bucket.b
state-local  Error: creating another
0 Stacks deploying     1 Stack done     0 Stacks waiting
Invoking Terraform CLI failed with exit code 1
`;
    expect(errorIn(output)).toBe("Error: creating bucket\n  with aws_s3_bucket.b\nError: creating another");
  });

  it("is the end of the output if there is no error of Terraform", () => {
    expect(errorIn("one\n\ntwo\n")).toBe("one\ntwo");
  });
});
