import type { Json } from "./json.ts";
import type { Hooks } from "./machine.ts";
import { createStateMachine, type Execution } from "./run-state-machine.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

interface Parts {
  /** What the function answers, the payload unless told; `call` counts from 1. */
  readonly invoke?: (payload: Json, call: number, clock: VirtualClock) => unknown;
  readonly hooks?: Hooks;
  /** Fields of the definition beside StartAt and States. */
  readonly top?: object;
  readonly objects?: Record<string, unknown>;
}

/** A state machine of the given states, the first of them the start, on a clock that begins at 2026-01-31T08:00Z. */
export function aMachine(
  states: Record<string, object>,
  { invoke = (payload) => payload, hooks = {}, top = {}, objects = {} }: Parts = {},
) {
  const clock = createVirtualClock("2026-01-31T08:00:00Z");
  const calls: [string, Json][] = [];
  const stored = new Map(Object.entries(objects).map(([key, value]) => [key, JSON.stringify(value)]));
  const machine = createStateMachine({
    definition: { QueryLanguage: "JSONata", StartAt: Object.keys(states)[0], States: states, ...top },
    invoke: (functionName, payload) => {
      calls.push([functionName, payload]);
      return invoke(payload, calls.length, clock);
    },
    objects: {
      getObject: async (bucket, key) => stored.get(`${bucket}/${key}`) ?? fail("NoSuchKey"),
      putObject: async (bucket, key, body) => stored.set(`${bucket}/${key}`, body),
    },
    clock,
    hooks,
  });
  const run = (input: Json = {}, name = "it") => machine.startExecution({ name, input });
  return { machine, clock, calls, run, stored };
}

export function aTask({ Payload = "{% $states.input %}", ...parts }: { Payload?: Json; [field: string]: unknown } = {}) {
  const resource = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke" };
  return { ...resource, Arguments: { FunctionName: "worker", Payload }, ...parts };
}

/** A Map of children of their own, each a Task that ends with the payload's answer. */
export function aDistributedMap(
  parts: object = {},
  states: Record<string, object> = { Work: aTask({ Output: "{% $states.result.Payload %}", End: true }) },
) {
  const ItemProcessor = {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
    StartAt: Object.keys(states)[0],
    States: states,
  };
  return { Type: "Map", ItemProcessor, End: true, ...parts };
}

/** Throws as a function of Lambda does, to be caught by this name. */
export function fail(name: string): never {
  throw Object.assign(new Error(`because of ${name}`), { name });
}

export function eventsOf({ history }: Execution): string[] {
  return history.map(({ state, event }) => `${state} ${event}`);
}
