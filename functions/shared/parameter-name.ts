import { z } from "zod";

/**
 * The name of a parameter of SSM. It begins with a slash, so that it is also the end of the parameter's ARN.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export const parameterName = (error = 'must be the name of an SSM parameter that starts with "/"') =>
  z
    .string({ error })
    .max(900, "must have 900 characters at most, because SSM's limit includes the ARN")
    .regex(/^(\/[\w.-]+){1,15}$/, error)
    .regex(/^\/(?!aws|ssm)/i, "must not begin with /aws or /ssm, which SSM keeps for itself");
