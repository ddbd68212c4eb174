import type { Scope } from "./evaluate.ts";
import type { Json, JsonObject } from "./json.ts";
import { toJson } from "./json.ts";
import type { Frame, Machine, Visit } from "./machine.ts";

export function createArn(machine: Machine, kind: string, name: string): string {
  return `arn:aws:states:eu-west-1:123456789012:${kind}:${machine.name}${name}`;
}

/** @param more what exists only in some fields: the result, the error, the item of a Map */
export function createScope(visit: Visit, retryCount: number, more: { result?: Json; errorOutput?: Json; Map?: JsonObject } = {}): Scope {
  const { machine, frame, enteredTime } = visit;
  const { Map: item = frame.item?.context, ...parts } = more;
  const context = {
    Execution: frame.execution,
    StateMachine: { Id: createArn(machine, "stateMachine", ""), Name: machine.name },
    State: { Name: frame.at.state, EnteredTime: enteredTime, RetryCount: retryCount },
    ...(item ? { Map: item } : {}),
  };
  return {
    states: { input: frame.at.input, ...parts, context: toJson(context) as JsonObject },
    variables: listVariables(frame),
    now: machine.clock.now(),
  };
}

/** An inline iteration has a scope of its own within the outer one (spec, "Variable Scope"); a distributed child has no outer frame. */
function listVariables(frame: Frame): Record<string, Json> {
  return { ...(frame.outer ? listVariables(frame.outer) : {}), ...frame.variables };
}
