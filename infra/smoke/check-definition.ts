import { DescribeStateMachineCommand, type SFNClient, ValidateStateMachineDefinitionCommand } from "@aws-sdk/client-sfn";
import { SmokeFailure } from "./smoke-step.ts";

/** Asks Step Functions itself what it thinks of the deployed definition; it knows more than what it refuses when a machine is made.
 *  @throws SmokeFailure naming every fault and its place */
export async function checkDefinition(client: SFNClient, stateMachineArn: string): Promise<string> {
  const { definition, type } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const ask = new ValidateStateMachineDefinitionCommand({ definition, type, severity: "WARNING" });
  const { result, diagnostics = [] } = await client.send(ask);
  const told = diagnostics.map(({ severity, code, location, message }) => `${severity} ${code} ${location ?? ""}: ${message}`).join("\n");
  if (result === "OK") return told === "" ? "no fault and no warning" : told;
  throw new SmokeFailure(told, "correct infra/constructs/workflow-definition.ts and deploy again");
}
