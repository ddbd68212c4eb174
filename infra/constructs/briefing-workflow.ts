import { ArnFormat, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Effect, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { StageConfig } from "../config.ts";
import { acknowledgeWildcard } from "./acknowledge.ts";
import { defineWorkflow, mapResultsPrefix, type WorkflowFunctions } from "./workflow-definition.ts";

export interface BriefingWorkflowProps {
  readonly config: StageConfig;
  readonly name: string;
  readonly functions: WorkflowFunctions;
  readonly archive: { readonly bucketName: string; readonly bucketArn: string };
}

/** The state machine with a role of its own. Its name is given and not made up by CloudFormation, because the role speaks of executions by
 *  that name before the machine is there. */
export class BriefingWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { config, name, functions, archive }: BriefingWorkflowProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("states.amazonaws.com", { conditions: { StringEquals: { "aws:SourceAccount": stack.account } } }),
      description: `Of the state machine ${name} alone`,
    });
    const allow = (resources: string[], ...actions: string[]) =>
      role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }));
    allow(Object.values(functions), "lambda:InvokeFunction");
    const [items, results] = [`${archive.bucketArn}/runs/*`, `${archive.bucketArn}/${mapResultsPrefix}/*`];
    allow([items], "s3:GetObject");
    allow([results], "s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload");
    const machine = stack.formatArn({
      service: "states",
      resource: "stateMachine",
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const executions = stack.formatArn({
      service: "states",
      resource: "execution",
      resourceName: `${name}/*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    // A distributed Map starts its children as executions of the same machine and, on a redrive, redrives them.
    allow([machine], "states:StartExecution");
    allow([executions], "states:DescribeExecution", "states:StopExecution", "states:RedriveExecution");
    this.stateMachine = new StateMachine(this, "Machine", {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(stack.toJsonString(defineWorkflow(functions, archive.bucketName))),
      role,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, "Log", {
          // The prefix keeps the policy of log delivery within its size.
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: config.logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    acknowledgeWildcard(role, "*", "Log delivery (logs:…LogDelivery, …ResourcePolicy, DescribeLogGroups) and X-Ray take only '*'.");
    acknowledgeWildcard(role, executions, "Executions of this machine, which get their names when they are started.");
    for (const arn of [items, results]) acknowledgeWildcard(role, arn, "Objects under one prefix: S3 has no other name for all of them.");
  }
}
