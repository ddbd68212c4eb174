import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { z } from "zod";

/** Invokes a deployed function and waits for its answer.
 *  @throws an Error of the name that the service tells */
export async function invokeDeployed(lambda: LambdaClient, FunctionName: string, payload: unknown): Promise<unknown> {
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) }));
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString("utf8"));
  if (FunctionError === undefined) return answer;
  const error = z.object({ errorType: z.string(), errorMessage: z.string() }).parse(answer);
  throw Object.assign(new Error(error.errorMessage), { name: error.errorType });
}
