import { type Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { IVpc } from "aws-cdk-lib/aws-ec2";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  type Code,
  type ILayerVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { StageConfig } from "../config.ts";
import { acknowledge, acknowledgeWildcard } from "./acknowledge.ts";

/** What a function's failure means. A function cannot be declared without it: it becomes the text of its alarm. */
export interface FailureImpact {
  /** What a reader of the briefings will miss, and by when. */
  readonly reader: string;
  /** The heading in RUNBOOK.md that says where to look and how to mend it. */
  readonly runbook: string;
}

export interface NodeFunctionProps {
  readonly config: StageConfig;
  /** The bundle: `index.mjs` with all that it reads. */
  readonly code: Code;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeout: Duration;
  readonly failureImpact: FailureImpact;
  /** Where an event goes that the function could not take after Lambda's own retries; for what is invoked without waiting. */
  readonly deadLetterQueue?: IQueue;
  readonly layers?: ILayerVersion[];
  readonly vpc?: IVpc;
}

/** A Lambda function on Node 24 with a role of its own that may write its log and its traces, and nothing else until it is granted.
 *  x86-64 throughout: what is tested here is what runs there, and the Chromium package has no build for arm64. */
export class NodeFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly failureImpact: FailureImpact;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const { config, code, description, environment, memoryMb, timeout, failureImpact } = props;
    const name = `${Stack.of(this).stackName}-${kebab(id)}`;
    this.failureImpact = failureImpact;
    const logGroup = new LogGroup(this, "Log", {
      logGroupName: `/aws/lambda/${name}`,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `Of the function ${name} alone`,
    });
    const logging = new PolicyStatement({
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logGroup.logGroupArn],
    });
    this.role.addToPolicy(logging);
    this.function = new LambdaFunction(this, "Function", {
      functionName: name,
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.X86_64,
      handler: "index.handler",
      code,
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      memorySize: memoryMb,
      timeout,
      // Where there is no trace to write to, nothing is written, and nothing said.
      environment: { ...environment, POWERTOOLS_SERVICE_NAME: kebab(id), AWS_XRAY_CONTEXT_MISSING: "IGNORE_ERROR" },
      ...(props.layers && { layers: props.layers }),
      ...(props.deadLetterQueue && { deadLetterQueue: props.deadLetterQueue }),
      ...(props.vpc && { vpc: props.vpc }),
    });
    acknowledgeWildcard(
      this.role,
      "*",
      "X-Ray's PutTraceSegments and PutTelemetryRecords and SES's GetAccount know no resources and take only '*'; a test holds the list of such actions.",
    );
    acknowledgeWildcard(this.role, logGroup.logGroupArn, "The group's ARN ends in ':*', which are its streams.");
    // Only what is invoked without waiting has letters to lose; of the others the caller sees the error.
    if (!props.deadLetterQueue) {
      acknowledge(this.function, { "Serverless-LambdaDLQ": "Is always waited for: Step Functions or API Gateway get its error." });
    }
  }

  /** Lets the function do `actions` on `resources`, and nothing else. */
  allow(resources: readonly string[], ...actions: readonly string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    for (const arn of resources.filter((resource) => resource.endsWith("/*"))) {
      acknowledgeWildcard(this.role, arn, "Objects under one prefix: S3 has no other name for all of them.");
    }
  }
}

function kebab(id: string): string {
  return id.replaceAll(/(?<!^)([A-Z])/g, "-$1").toLowerCase();
}
