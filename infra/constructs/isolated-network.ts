import { GatewayVpcEndpoint, GatewayVpcEndpointAwsService, IpAddresses, SubnetType, Vpc } from "aws-cdk-lib/aws-ec2";
import { AnyPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";

/** A network without a way out: no internet gateway, no NAT, one endpoint to one bucket. What runs in it can read and write the archive and
 *  reach nothing else, whatever a page asks of Chromium. */
export class IsolatedNetwork extends Construct {
  readonly vpc: Vpc;

  constructor(scope: Construct, id: string, bucketArn: string) {
    super(scope, id);
    this.vpc = new Vpc(this, "Vpc", {
      ipAddresses: IpAddresses.cidr("10.66.0.0/24"),
      maxAzs: 2,
      natGateways: 0,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: "isolated", subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 26 }],
      flowLogs: { all: {} },
    });
    const endpoint = new GatewayVpcEndpoint(this, "S3", { vpc: this.vpc, service: GatewayVpcEndpointAwsService.S3 });
    endpoint.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
        resources: [bucketArn, `${bucketArn}/briefings/*`],
      }),
    );
  }
}
