import { paginateListFunctions } from "@aws-sdk/client-lambda";
import { lambda } from "./cloud";

/** A deployed function, with what is made for it. Their names end in the time of a plan, each in its own. */
export interface DeployedFunction {
  readonly name: string;
  readonly role: string;
  readonly logGroup: string;
  /** The queue of events that it could not handle, if it has one. */
  readonly queue: string;
}

/** The function of a trigger, such as `identity-local-verified-pre-sign-up`. */
export async function functionOf(trigger: string): Promise<DeployedFunction> {
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    const found = Functions.find(({ FunctionName = "" }) => FunctionName.replace(/-\d{8}$/, "") === trigger);
    if (!found) continue;
    return {
      name: found.FunctionName ?? "",
      role: lastPart(found.Role, "/"),
      logGroup: found.LoggingConfig?.LogGroup ?? "",
      queue: lastPart(found.DeadLetterConfig?.TargetArn, ":"),
    };
  }
  throw new Error(`There is no function ${trigger}.`);
}

const lastPart = (arn = "", separator: string) => arn.split(separator).at(-1) ?? "";
