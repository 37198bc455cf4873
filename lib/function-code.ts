import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DataArchiveFile } from "@cdktf/provider-archive/lib/data-archive-file";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { AssetType, TerraformAsset, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { bundle } from "./bundle";
import { zipped } from "./bundle-functions";
import type { Environment } from "./environments";
import { keepName, newNameAtReplacement } from "./replacement";

export interface FunctionCodeProps {
  /** The bucket that the zips go to; it must exist. */
  readonly bucket: string;
  /** What makes the zips: Terraform's archive provider, or synthesis itself. */
  readonly packaging: Environment["packaging"];
}

/** Where a function finds its code. */
export interface CodeLocation {
  readonly s3Bucket: string;
  readonly s3Key: string;
  readonly sourceCodeHash: string;
}

/**
 * The code of a stack's triggers. Each handler of `functions/` is bundled, zipped and uploaded once, even if several
 * functions run it. Changed code is a new version of its object, and Terraform then updates the functions.
 */
export class FunctionCode extends Construct {
  private readonly locations = new Map<string, CodeLocation>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FunctionCodeProps,
  ) {
    super(scope, id);
  }

  /**
   * The code of one handler.
   * @param handler its name, as `bundle` takes it
   * @throws Error when no trigger has such a handler or it does not compile
   */
  of(handler: string): CodeLocation {
    const location = this.locations.get(handler) ?? this.upload(handler);
    this.locations.set(handler, location);
    return location;
  }

  private upload(handler: string): CodeLocation {
    const scope = new Construct(this, handler.replaceAll("/", "-"));
    const zip = this.props.packaging === "archive" ? archive(scope, bundle(handler)) : zipHere(scope, bundle(handler));
    const { bucket, key } = new S3Object(scope, "object", {
      bucket: this.props.bucket,
      // With the stack's name, because another stack must not delete this stack's code.
      key: newNameAtReplacement(`functions/${TerraformStack.of(this).node.id}/${handler}`),
      source: zip.path,
      sourceHash: zip.base64Sha256,
      lifecycle: keepName("key"),
    });
    return { s3Bucket: bucket, s3Key: key, sourceCodeHash: zip.base64Sha256 };
  }
}

interface Zip {
  readonly path: string;
  readonly base64Sha256: string;
}

/** Terraform zips a copy of the bundle in the stack's folder, so that the folder can be moved to another machine. */
function archive(scope: Construct, file: string): Zip {
  const asset = new TerraformAsset(scope, "asset", { path: file, type: AssetType.FILE });
  const zip = new DataArchiveFile(scope, "zip", {
    type: "zip",
    sourceFile: asset.path,
    outputPath: `${asset.path}.zip`,
    // Otherwise the zip holds the file modes of the checkout, which differ between machines.
    outputFileMode: "0644",
  });
  return { path: zip.outputPath, base64Sha256: zip.outputBase64Sha256 };
}

/** Makes the zip at synthesis, for a machine without the archive provider. */
function zipHere(scope: Construct, file: string): Zip {
  const contents = zipped(readFileSync(file));
  const path = join(dirname(file), "index.zip");
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
  const asset = new TerraformAsset(scope, "asset", { path, type: AssetType.FILE });
  return { path: asset.path, base64Sha256: createHash("sha256").update(contents).digest("base64") };
}
