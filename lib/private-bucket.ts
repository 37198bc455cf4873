import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { policyDocument } from "./policy-document";
import { exceptFromScan } from "./scan-exceptions";

export interface PrivateBucketProps {
  /** Globally unique. */
  readonly bucketName: string;
  /** Whether Terraform may destroy it, with everything in it. */
  readonly disposable: boolean;
}

/** A versioned and encrypted bucket that only its owner can reach, and only over TLS. */
export class PrivateBucket extends Construct {
  constructor(scope: Construct, id: string, { bucketName, disposable }: PrivateBucketProps) {
    super(scope, id);
    const resource = new S3Bucket(this, "bucket", {
      bucket: bucketName,
      forceDestroy: disposable,
      lifecycle: { preventDestroy: !disposable },
    });
    exceptFromScan(resource, {
      CKV_AWS_18: "Only deployments use it; who wants a record of each access turns on CloudTrail's data events.",
      CKV_AWS_144: "Pools are in one Region and have no copy in another, so a copy of this bucket would not help.",
      CKV_AWS_145:
        "S3's own key encrypts it, and the account's IAM says who reads it; a key of ours costs more and could be lost.",
      CKV2_AWS_61: "Old versions are the way back after a wrong deployment, and they are small.",
      CKV2_AWS_62: "Nothing has to run when a deployment writes it.",
    });
    const { bucket, arn } = resource;
    new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    const publicAccess = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketPolicy(this, "tls-only", {
      bucket,
      policy: policyDocument(this, "tls-only-document", [
        {
          sid: "RefusePlainHttp",
          effect: "Deny",
          principals: [{ type: "*", identifiers: ["*"] }],
          actions: ["s3:*"],
          resources: [arn, `${arn}/*`],
          condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
      ]),
      // If two changes to a bucket's access come at the same time, S3 refuses one of them.
      dependsOn: [publicAccess],
    });
  }
}
