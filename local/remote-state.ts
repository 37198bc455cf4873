import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { asRoot } from "./as-root";
import { stackFolder } from "./deploy";

/** A synthesized stack's Terraform state in the emulator's S3, and the lock file beside it. */
export class RemoteState {
  private readonly bucket: string;
  private readonly state: string;
  private readonly lock: string;

  constructor(endpoint: string, stack: string) {
    const folder = stackFolder(stack);
    const synthesized = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
    const { bucket, key } = synthesized.terraform.backend.s3;
    this.bucket = `${endpoint}/${bucket}`;
    this.state = `${this.bucket}/${key}`;
    this.lock = `${this.state}.tflock`;
    // Terraform stores the address of the backend here, and would refuse to continue with another port.
    rmSync(join(folder, ".terraform", "terraform.tfstate"), { force: true });
  }

  /** Whether the bucket exists: without it, the stack cannot have been deployed. */
  hasBucket(): Promise<boolean> {
    return exists(this.bucket);
  }

  /** The state as Terraform stored it. */
  async read(): Promise<string> {
    const answer = await fetch(this.state, { headers: asRoot("s3") });
    if (!answer.ok) throw new Error(`The emulator did not give Terraform's state (${answer.status}).`);
    return answer.text();
  }

  /** Removes the lock of a deployment that was killed. No other process can have it: see lock.ts. */
  async breakLock(): Promise<void> {
    if (!(await exists(this.lock))) return;
    console.log("A deployment was killed: its lock on the Terraform state was removed.");
    await fetch(this.lock, { method: "DELETE", headers: asRoot("s3") });
  }
}

async function exists(url: string): Promise<boolean> {
  const answer = await fetch(url, { method: "HEAD", headers: asRoot("s3") }).catch(() => undefined);
  return answer?.ok ?? false;
}
