import { ArnFormat, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership, StorageClass } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { tableDefinition } from "../functions/adapters/dynamo/dynamo-table.ts";
import type { StageConfig } from "./config.ts";
import { acknowledge } from "./constructs/acknowledge.ts";

/** Table and bucket by name. The names are given, so that the other stack needs no export of this one (which could then not be changed while
 *  it is used), and so that a change that would replace either is refused instead of done. */
export interface StorageNames {
  readonly tableName: string;
  readonly tableArn: string;
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly linkKeysName: string;
  /** With the six characters that Secrets Manager adds to the name left open: there is no other secret of that name. */
  readonly linkKeysArn: string;
}

/** @param stack either of the stage's stacks: both lie in one account and region */
export function storageNames(stack: Stack, { stage }: StageConfig): StorageNames {
  const tableName = `biaogan-${stage}`;
  // A bucket's name is taken for everybody in the world, so it says whose it is.
  const bucketName = `biaogan-${stage}-archive-${stack.account}-${stack.region}`;
  const linkKeysName = `biaogan-${stage}-link-keys`;
  return {
    linkKeysName,
    linkKeysArn: stack.formatArn({
      service: "secretsmanager",
      resource: "secret",
      resourceName: `${linkKeysName}-??????`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
    tableName,
    tableArn: stack.formatArn({ service: "dynamodb", resource: "table", resourceName: tableName }),
    bucketName,
    bucketArn: stack.formatArn({ service: "s3", region: "", account: "", resource: bucketName }),
  };
}

/** What outlives every deployment: the table, the archive and the keys of its links. Destroying the stack leaves them. */
export class StorageStack extends Stack {
  constructor(scope: Construct, id: string, { config, ...props }: StackProps & { readonly config: StageConfig }) {
    super(scope, id, props);
    const { tableName, bucketName, linkKeysName } = storageNames(this, config);
    new Table(this, "Table", {
      tableName,
      partitionKey: { name: tableDefinition.partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableDefinition.sortKey, type: AttributeType.STRING },
      billingMode: BillingMode[tableDefinition.billingMode],
      // AWS's own key: what lies here was published or will be, but for some addresses; a key of the customer's would cost a dollar a month
      // and a call at every cold start, and who may read the table would still be decided by the same roles.
      encryption: TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const archive = new Bucket(this, "Archive", {
      bucketName,
      // SSE-S3 for the same reason as above; presigned links of the archive page work without a grant on a key.
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      ...lockFor(config.objectLockDays),
      lifecycleRules: [
        { id: "abort-broken-uploads", abortIncompleteMultipartUploadAfter: Duration.days(7) },
        // Read in the weeks after it is issued, then hardly ever.
        {
          id: "old-issues-cost-less",
          prefix: "briefings/",
          transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(90) }],
        },
        // What the Map states wrote of each child. Step Functions can redrive an execution for fourteen days after its end.
        { id: "map-results-go", prefix: "map-results/", expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(1) },
        // A published object has one version; another is one that somebody put over it by hand, and is kept for a year as evidence.
        { id: "overwritten-by-hand", prefix: "briefings/", noncurrentVersionExpiration: Duration.days(365) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(archive, {
      "AwsSolutions-S1":
        "Who read an object is recorded by CloudTrail data events where an office wants it; access logs would be a second bucket of addresses to protect.",
    });
    // Here and not beside the functions: with it go the links in mails that were sent.
    const linkKeys = new Secret(this, "LinkKeys", {
      secretName: linkKeysName,
      description: "Signs the links that mails carry: keys by id, the greatest number signs",
      generateSecretString: { secretStringTemplate: "{}", generateStringKey: "k1", passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(linkKeys, {
      "AwsSolutions-SMG4":
        "A rotation must keep the old key for the ninety days of its links, which no rotation of AWS does; RUNBOOK.md says how a key is added and taken away.",
    });
  }
}

/** Governance, not compliance: whoever holds the right can still delete what must by law be deleted. */
function lockFor(days: number) {
  return days === 0 ? {} : { objectLockEnabled: true, objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(days)) };
}
