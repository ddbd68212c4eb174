import { type CloudFormationClient, DescribeStacksCommand, type Stack } from "@aws-sdk/client-cloudformation";
import { z } from "zod";
import { SmokeFailure } from "./smoke-step.ts";

/** A stage as it is deployed. */
export interface DeployedStage {
  /** Of the stack that briefs; the other's ends in `-storage`. */
  readonly stackName: string;
  readonly region: string;
  readonly tableName: string;
  readonly bucketName: string;
  readonly stateMachineArn: string;
}

const outputsSchema = z.object({ TableName: z.string(), ArchiveBucket: z.string(), StateMachineArn: z.string() });

/** @param stage as it was deployed: `prod`
 *  @throws SmokeFailure when a stack of it is missing or not whole */
export async function findStage(client: CloudFormationClient, stage: string): Promise<DeployedStage> {
  const stackName = `biaogan-${stage}`;
  await describeStack(client, `${stackName}-storage`);
  const { Outputs = [] } = await describeStack(client, stackName);
  const outputs = outputsSchema.parse(Object.fromEntries(Outputs.map(({ OutputKey = "", OutputValue }) => [OutputKey, OutputValue])));
  return {
    stackName,
    region: await client.config.region(),
    tableName: outputs.TableName,
    bucketName: outputs.ArchiveBucket,
    stateMachineArn: outputs.StateMachineArn,
  };
}

async function describeStack(client: CloudFormationClient, StackName: string): Promise<Stack> {
  const region = await client.config.region();
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName })).catch((cause: unknown) => {
    if (!(cause instanceof Error && cause.name === "ValidationError")) throw cause;
    throw new SmokeFailure(
      `there is no stack ${StackName} in ${region}`,
      "deploy the stage first (infra/README.md), or name another by --stage or AWS_REGION",
      { cause },
    );
  });
  if (stack?.StackStatus === "CREATE_COMPLETE" || stack?.StackStatus === "UPDATE_COMPLETE") return stack;
  const advice = "look at its events in CloudFormation, deploy it again, then run this again";
  throw new SmokeFailure(`the stack ${StackName} is ${stack?.StackStatus ?? "nowhere"}`, advice);
}
