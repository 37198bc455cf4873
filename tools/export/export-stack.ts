import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Problem } from "../../local/problem";
import { errorIn } from "../../local/terraform-output";
import { runProgram, terraformProgram, terraformVariables } from "../terraform";
import { constructFiles, type ProviderSchema, providersFile } from "./stack-files";

/**
 * Writes a synthesized stack as HCL into a folder, with the code of its functions, and lets Terraform check it. The
 * backend is the stack's own, so Terraform finds the same state there.
 * @param synthesized the folder with the stack's JSON
 * @throws Problem when Terraform does not accept what was written
 */
export async function exportStack(synthesized: string, folder: string): Promise<void> {
  const stack = JSON.parse(readFileSync(join(synthesized, "cdk.tf.json"), "utf8"));
  const stateFile = stack.terraform.backend.local;
  // Its path begins at the folder where Terraform runs.
  if (stateFile) stateFile.path = relative(folder, resolve(synthesized, stateFile.path));
  mkdirSync(folder, { recursive: true });
  for (const part of ["assets", "versions.tf"]) {
    if (existsSync(join(synthesized, part))) cpSync(join(synthesized, part), join(folder, part), { recursive: true });
  }
  writeFileSync(join(folder, "terraform.tf"), providersFile(stack));
  await terraform(folder, "init", "-backend=false", "-input=false", "-no-color");
  for (const [file, content] of constructFiles(stack, await schemasOf(folder))) {
    writeFileSync(join(folder, file), content);
  }
  await terraform(folder, "fmt", "-no-color");
  await terraform(folder, "validate", "-no-color");
  // It says that there is no backend.
  rmSync(join(folder, ".terraform"), { recursive: true });
}

/** Whether something is in a folder, or a file is in its place. */
export const isInUse = (folder: string) =>
  existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0);

/** What each provider of a stack says of its blocks, by the provider's name in the stack. */
async function schemasOf(folder: string): Promise<Record<string, ProviderSchema>> {
  const { provider_schemas } = JSON.parse(await terraform(folder, "providers", "schema", "-json"));
  // The name of a provider is the last part of its source, as "registry.terraform.io/hashicorp/aws".
  const named = Object.entries<ProviderSchema>(provider_schemas).map(([source, schema]) => [
    source.split("/").at(-1),
    schema,
  ]);
  return Object.fromEntries(named);
}

async function terraform(folder: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram(terraformProgram(), args, folder, terraformVariables());
  if (code === 0) return stdout;
  throw new Problem(`terraform ${args[0]} failed in ${folder}: ${errorIn(stripVTControlCharacters(stderr || stdout))}`);
}
