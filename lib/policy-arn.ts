import { z } from "zod";

/**
 * The ARN of an IAM policy: the path that it may have, and its name.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const policyArn = () =>
  z
    .string()
    .regex(/^arn:aws:iam::(aws|\d{12}):policy\/([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/, "must be the ARN of an IAM policy");
