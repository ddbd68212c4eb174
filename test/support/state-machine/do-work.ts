import { createScope } from "./create-scope.ts";
import type { ChoiceState, WaitState } from "./definition.ts";
import { evaluate, evaluateNumber, evaluateString, type Scope } from "./evaluate.ts";
import type { Json } from "./json.ts";
import type { Visit } from "./machine.ts";
import { runMap } from "./run-map.ts";
import { runTask } from "./run-task.ts";
import { StateError } from "./state-error.ts";

/** What a state did, and by which rule it is left. */
export interface Work {
  readonly rule: { Output?: Json | undefined; Assign?: Record<string, Json> | undefined; Next?: string | undefined };
  /** The output where the rule has none. */
  readonly fallback: Json;
  readonly result?: Json;
  readonly errorOutput?: Json;
}

/** @throws StateError when the state fails */
export async function doWork(visit: Visit, retryCount: number): Promise<Work> {
  const { state } = visit;
  const scope = createScope(visit, retryCount);
  const fallback = visit.frame.at.input;
  switch (state.Type) {
    case "Task": {
      const result = await runTask({ ...visit, state }, scope);
      return { rule: state, fallback: result, result };
    }
    case "Map": {
      const result = await runMap({ ...visit, state }, retryCount);
      return { rule: state, fallback: result, result };
    }
    case "Choice":
      return { rule: await choose(state, scope), fallback };
    case "Wait":
      await visit.machine.clock.sleep(await planWait(state, scope));
      return { rule: state, fallback };
    case "Pass":
    case "Succeed":
      return { rule: state, fallback };
    case "Fail": {
      const { Error: error = "", Cause: cause = "" } = state;
      throw new StateError(await evaluateString(error, scope, "Error"), await evaluateString(cause, scope, "Cause"));
    }
  }
}

/** The first rule whose Condition is true; without one the state's own Output and Assign go with its Default (spec, "JSONata Choice Rules"). */
async function choose(state: ChoiceState, scope: Scope): Promise<Work["rule"]> {
  for (const rule of state.Choices) {
    const value = await evaluate(rule.Condition, scope);
    if (typeof value !== "boolean") {
      throw new StateError("States.QueryEvaluationError", `Condition ${rule.Condition} must be a boolean, got ${JSON.stringify(value)}.`);
    }
    if (value) return rule;
  }
  // The specification says States.NoChoiceMatched; the service reports it as States.Runtime (dg/concepts-error-handling.html). Nothing catches either.
  if (state.Default === undefined) throw new StateError("States.Runtime", "No choice matched, and the state has no Default.");
  return { Output: state.Output, Assign: state.Assign, Next: state.Default };
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** @returns how many milliseconds to wait; none for a time that has passed */
async function planWait({ Seconds, Timestamp }: WaitState, scope: Scope): Promise<number> {
  if (Seconds !== undefined) return 1000 * (await evaluateNumber(Seconds, scope, "Seconds", 0, 99_999_999));
  const timestamp = await evaluateString(Timestamp ?? "", scope, "Timestamp");
  const until = rfc3339.test(timestamp) ? new Date(timestamp).getTime() : Number.NaN;
  if (Number.isNaN(until)) throw new StateError("States.QueryEvaluationError", `Timestamp is not a time of RFC 3339: ${timestamp}`);
  return Math.max(0, until - scope.now.getTime());
}
