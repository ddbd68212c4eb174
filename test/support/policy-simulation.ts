import {
  type EvaluationResult,
  IAMClient,
  SimulateCustomPolicyCommand,
  type SimulateCustomPolicyCommandOutput,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { z } from "zod";
import { testAccount } from "./aws-requests.ts";
import type { Resource } from "./resolve-template.ts";

/** Whether a function may do something to something, by its role alone.
 *  @param action as a policy names it: `s3:GetObject`
 *  @param resource its ARN, or `*` */
export type Simulation = (action: string, resource: string) => Promise<boolean>;

/** Asks IAM's own SimulateCustomPolicy, of the emulator, by the policies that a template gives to a function's role. Nothing need be deployed.
 *  @param resources logical id → resource, its tokens resolved
 *  @param functionName as deployed: `biaogan-sample-plan-run`
 *  @throws Error for a statement by more than Allow, actions and resources: it would depend on who asks, and nobody does here */
export function simulateFunction(endpoint: string, resources: Readonly<Record<string, Resource>>, functionName: string): Simulation {
  const client = new IAMClient({ ...testAccount, endpoint });
  const PolicyInputList = policiesOf(resources, functionName).map((document) => JSON.stringify(document));
  return async (action, resource) => {
    const ask = new SimulateCustomPolicyCommand({ PolicyInputList, ActionNames: [action], ResourceArns: [resource] });
    return readDecision(await client.send(ask), action, resource);
  };
}

/** The same of a function that is deployed, by IAM's SimulatePrincipalPolicy. */
export async function simulateDeployed(endpoint: string, functionName: string): Promise<Simulation> {
  const config = { ...testAccount, endpoint };
  const { Role } = await new LambdaClient(config).send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  const client = new IAMClient(config);
  return async (action, resource) => {
    const ask = new SimulatePrincipalPolicyCommand({ PolicySourceArn: Role, ActionNames: [action], ResourceArns: [resource] });
    return readDecision(await client.send(ask), action, resource);
  };
}

function readDecision({ EvaluationResults = [] }: SimulateCustomPolicyCommandOutput, action: string, resource: string): boolean {
  const [result, ...more] = EvaluationResults;
  const isAnswer = result?.EvalActionName === action && result.EvalResourceName === resource && more.length === 0;
  if (!isAnswer) throw new Error(`IAM did not say whether ${action} on ${resource} is allowed: ${JSON.stringify(EvaluationResults)}`);
  const decision: EvaluationResult["EvalDecision"] = result.EvalDecision;
  return decision === "allowed";
}

const listSchema = z.union([z.string(), z.array(z.string())]);
/** Strict: whatever else a statement may say is refused. */
const policySchema = z.object({
  Roles: z.array(z.string()).default([]),
  PolicyDocument: z.strictObject({
    Version: z.literal("2012-10-17"),
    Statement: z.array(
      z.strictObject({ Sid: z.string().optional(), Effect: z.literal("Allow"), Action: listSchema, Resource: listSchema }),
    ),
  }),
});
type PolicyDocument = z.infer<typeof policySchema>["PolicyDocument"];

const functionSchema = z.object({ FunctionName: z.string(), Role: z.string() });
const roleSchema = z.object({
  ManagedPolicyArns: z.array(z.unknown()).length(0).optional(),
  Policies: z.array(z.unknown()).length(0).optional(),
});

/** @returns what the function's role may do by its template
 *  @throws Error when it has policies that are not looked at here, or by no such function */
function policiesOf(resources: Readonly<Record<string, Resource>>, functionName: string): PolicyDocument[] {
  const functions = Object.values(resources).filter(({ Type }) => Type === "AWS::Lambda::Function");
  const found = functions.map(({ Properties }) => functionSchema.parse(Properties)).find((fn) => fn.FunctionName === functionName);
  if (!found) throw new Error(`the template has no function ${functionName}`);
  // An unnamed role is resolved to its logical id.
  const role = found.Role.replace(/^.*:role\//, "");
  roleSchema.parse(resources[role]?.Properties);
  const policies = Object.values(resources).filter(({ Type }) => Type === "AWS::IAM::Policy" || Type === "AWS::IAM::ManagedPolicy");
  const rolesSchema = z.object({ Roles: z.array(z.string()).default([]) });
  const own = policies.filter(({ Properties }) => rolesSchema.parse(Properties).Roles.includes(role));
  if (own.length === 0) throw new Error(`the template gives no policy to ${role}, the role of ${functionName}`);
  return own.map(({ Properties }) => policySchema.parse(Properties).PolicyDocument);
}
