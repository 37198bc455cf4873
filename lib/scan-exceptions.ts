import { type TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";

/** Rules of the scanner checkov by their ids, each with the reason why a resource does not follow it. */
export type ScanExceptions = Readonly<Record<string, string>>;

/**
 * Writes into the metadata of a resource or a data source which rules of checkov it does not follow, and why.
 * `npm run scan` reads it: checkov itself reads no exceptions in Terraform's JSON.
 */
export function exceptFromScan(block: TerraformResource | TerraformDataSource, exceptions: ScanExceptions): void {
  const skip = Object.entries(exceptions).map(([id, comment]) => ({ id, comment }));
  if (skip.length === 0) return;
  const kind = TerraformResource.isTerraformResource(block) ? "resource" : "data";
  // By the stack: cdktf drops the metadata that is added to a data source itself.
  const path = [kind, block.terraformResourceType, block.friendlyUniqueId, "//", "checkov"];
  TerraformStack.of(block).addOverride(path.join("."), { skip });
}
