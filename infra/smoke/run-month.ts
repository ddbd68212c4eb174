import { setTimeout as wait } from "node:timers/promises";
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { z } from "zod";
import type { runInputSchema } from "../../functions/contracts.ts";
import { SmokeFailure } from "./smoke-step.ts";

/** How long something is waited for, and how often it is looked at. */
export interface Patience {
  readonly minutes: number;
  readonly pollMs: number;
}

/** Starts a run under a name that nothing else has.
 *  @returns the execution's ARN */
export async function startMonth(client: SFNClient, stateMachineArn: string, input: z.infer<typeof runInputSchema>): Promise<string> {
  const name = `${input.series}-${input.period}`;
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
  if (executionArn === undefined) throw new SmokeFailure("Step Functions did not say which execution it started", "run it again");
  return executionArn;
}

/** Waits until the execution has ended, telling the state that it is in. One that does not end in time is stopped: it would find its register gone.
 *  @returns its output
 *  @throws SmokeFailure with the error of an execution that did not succeed */
export async function waitForMonth(
  client: SFNClient,
  executionArn: string,
  { minutes, pollMs }: Patience,
  say: (detail: string) => void,
): Promise<string> {
  const deadline = performance.now() + minutes * 60_000;
  const advice = `see "A run failed" in infra/RUNBOOK.md; the execution is ${executionArn}`;
  while (performance.now() < deadline) {
    const { status, output = "", error, cause } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status === "SUCCEEDED") return output;
    if (status !== "RUNNING") throw new SmokeFailure(`the run has ${status}: ${[error, cause].filter(Boolean).join(": ")}`, advice);
    say(`in ${await findState(client, executionArn)}`);
    await wait(pollMs);
  }
  await client.send(new StopExecutionCommand({ executionArn, cause: `the smoke test waited ${minutes} minutes` }));
  throw new SmokeFailure(`the run did not end in ${minutes} minutes, and was stopped`, advice);
}

async function findState(client: SFNClient, executionArn: string): Promise<string> {
  const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 20 }));
  return events.find(({ stateEnteredEventDetails }) => stateEnteredEventDetails)?.stateEnteredEventDetails?.name ?? "its first state";
}
