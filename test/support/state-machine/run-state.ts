import { createScope } from "./create-scope.ts";
import type { Retrier } from "./definition.ts";
import { doWork, type Work } from "./do-work.ts";
import { evaluate } from "./evaluate.ts";
import { type Json, limitPayload } from "./json.ts";
import { record, type Visit } from "./machine.ts";
import { Killed, matchesError, StateError } from "./state-error.ts";

/** How a state is left. */
export interface Transition {
  readonly output: Json;
  /** Newly assigned. */
  readonly variables: Record<string, Json>;
  /** undefined at an end */
  readonly next: string | undefined;
}

/**
 * Attempts the state until it succeeds, its retriers give up, or a catcher leads elsewhere.
 * @throws StateError when the state, and with it the workflow, fails
 */
export async function runState(visit: Visit): Promise<Transition> {
  record(visit, "StateEntered", visit.frame.at.input);
  const retries = new Map<Retrier, number>();
  for (let retryCount = 0; ; retryCount += 1) {
    try {
      return await attemptState(visit, retryCount);
    } catch (error) {
      const failure = readFailure(error);
      record(visit, "StateFailed", failure.error);
      const delay = planRetry(visit, retries, failure);
      if (delay === undefined) return await catchFailure(visit, retryCount, failure);
      await visit.machine.clock.sleep(delay * 1000);
      // What a Map Run did does not count in the next attempt: it is a new Map Run.
      visit.leash.check();
      visit.frame.mapRun = undefined;
    }
  }
}

async function attemptState(visit: Visit, retryCount: number): Promise<Transition> {
  const { machine, frame, leash } = visit;
  const { from, state } = frame.at;
  const arrow = {
    attempt: retryCount + 1,
    execution: frame.execution.Name,
    ...(frame.item ? { item: frame.item.index } : {}),
  };
  leash.check();
  await machine.hooks.onArrow?.(from, state, { when: "before", ...arrow });
  const work = await doWork(visit, retryCount);
  leash.check();
  await machine.hooks.onArrow?.(from, state, { when: "after", ...arrow });
  return await leaveState(visit, retryCount, work);
}

/** Output and Assign both see the variables "as it was when the state was entered" (spec, "Assigning State Machine Variables"). */
async function leaveState(visit: Visit, retryCount: number, { rule, fallback, ...more }: Work): Promise<Transition> {
  const scope = createScope(visit, retryCount, more);
  const [output, variables] = await Promise.all([
    rule.Output === undefined ? fallback : evaluate(rule.Output, scope),
    evaluate(rule.Assign ?? {}, scope) as Promise<Record<string, Json>>,
  ]);
  limitPayload(output, `The output of the state '${visit.frame.at.state}'`);
  limitPayload(variables, `What the state '${visit.frame.at.state}' assigns`);
  return { output, variables, next: rule.Next };
}

function readFailure(error: unknown): StateError {
  if (error instanceof Killed) return new StateError(error.error, "The step was killed.");
  if (error instanceof StateError) return error;
  throw error;
}

/**
 * The first retrier that names the error decides; each counts its own retries.
 * @returns after how many seconds to try again, or undefined
 */
function planRetry({ state, machine }: Visit, retries: Map<Retrier, number>, { error }: StateError): number | undefined {
  const retrier = "Retry" in state ? state.Retry.find(({ ErrorEquals }) => matchesError(ErrorEquals, error)) : undefined;
  if (!retrier) return undefined;
  const done = retries.get(retrier) ?? 0;
  if (done >= retrier.MaxAttempts) return undefined;
  retries.set(retrier, done + 1);
  const delay = Math.min(retrier.IntervalSeconds * retrier.BackoffRate ** done, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return retrier.JitterStrategy === "FULL" ? delay * (machine.hooks.random?.() ?? 0.5) : delay;
}

/** Without an Output of the catcher, "the state output is the Error Output", an object of Error and Cause (spec, "JSONata Catchers"). */
async function catchFailure(visit: Visit, retryCount: number, failure: StateError): Promise<Transition> {
  const { state } = visit;
  const rule = "Catch" in state ? state.Catch.find(({ ErrorEquals }) => matchesError(ErrorEquals, failure.error)) : undefined;
  if (!rule) throw failure;
  const errorOutput = { Error: failure.error, Cause: failure.reason };
  return await leaveState(visit, retryCount, { rule, fallback: errorOutput, errorOutput });
}
