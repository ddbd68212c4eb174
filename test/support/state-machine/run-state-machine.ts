import { createArn } from "./create-scope.ts";
import { fitsPayload, type Json, toJson } from "./json.ts";
import { type Frame, type HistoryEvent, type Hooks, type Invoke, Leash, type Machine, type Objects, record } from "./machine.ts";
import { readDefinition } from "./read-definition.ts";
import { runWorkflow } from "./run-workflow.ts";
import { StateError } from "./state-error.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** An execution as it is when asked. */
export interface Execution {
  readonly name: string;
  readonly status: Frame["status"];
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly history: readonly HistoryEvent[];
  readonly redriveCount: number;
}

export interface StateMachine {
  /** Resolves when the execution has ended. @throws an Error named ExecutionAlreadyExists or InvalidExecutionInput */
  startExecution(order: { readonly name: string; readonly input: Json }): Promise<Execution>;
  /** @throws an Error named ExecutionDoesNotExist */
  describe(name: string): Execution;
  /** Goes on where the execution failed. @throws an Error named ExecutionDoesNotExist or ExecutionNotRedrivable */
  redrive(name: string): Promise<Execution>;
}

interface Options {
  /** As synthesised, tokens resolved; an object or JSON text. */
  readonly definition: unknown;
  readonly invoke: Invoke;
  readonly objects: Objects;
  readonly clock: VirtualClock;
  readonly hooks?: Hooks;
  readonly name?: string;
}

const days = 24 * 60 * 60 * 1000;

/**
 * A Standard workflow as Step Functions would run it, in virtual time. One execution with its frame is kept for each name.
 * @throws UnsupportedDefinition when the definition has anything that is not interpreted here
 */
export function createStateMachine({ definition, hooks = {}, name: machineName = "StateMachine", ...ports }: Options): StateMachine {
  const { TimeoutSeconds, ...workflow } = readDefinition(definition);
  const machine: Machine = { ...ports, hooks, name: machineName };
  const executions = new Map<string, { readonly frame: Frame; ending: Promise<Execution> }>();

  function find(name: string) {
    const known = executions.get(name);
    if (!known) throw createApiError("ExecutionDoesNotExist", name);
    return known;
  }
  function getAge({ stopDate }: Frame): number {
    return machine.clock.now().getTime() - new Date(stopDate ?? machine.clock.now()).getTime();
  }
  return {
    startExecution: async ({ name, input: given }) => {
      const input = toJson(given);
      if (!fitsPayload(input)) throw createApiError("InvalidExecutionInput", name);
      const known = executions.get(name);
      // "StartExecution is idempotent for STANDARD workflows" while it runs with the same input; a name is free again after 90 days.
      if (known?.frame.status === "RUNNING" && JSON.stringify(known.frame.execution.Input) === JSON.stringify(input))
        return await known.ending;
      if (known && (known.frame.status === "RUNNING" || getAge(known.frame) <= 90 * days))
        throw createApiError("ExecutionAlreadyExists", name);
      const frame = createFrame(machine, workflow, name, input);
      const ending = runExecution(machine, frame, TimeoutSeconds);
      executions.set(name, { frame, ending });
      return await ending;
    },
    describe: (name) => describeExecution(find(name).frame),
    redrive: async (name) => {
      const known = find(name);
      const { frame } = known;
      // "The redrivable period of 14 days … starts from the day a state machine completes its execution." (API_RedriveExecution.html)
      const redrivable = frame.status === "FAILED" || frame.status === "TIMED_OUT";
      if (!redrivable || getAge(frame) > 14 * days) throw createApiError("ExecutionNotRedrivable", name);
      frame.execution.RedriveCount += 1;
      frame.execution.RedriveTime = machine.clock.now().toISOString();
      known.ending = runExecution(machine, frame, TimeoutSeconds);
      return await known.ending;
    },
  };
}

/** "When you redrive an execution, the state machine level timeout, if defined, is reset to 0." (dg/redrive-executions.html) */
async function runExecution(machine: Machine, frame: Frame, timeoutSeconds: number | undefined): Promise<Execution> {
  const { clock } = machine;
  const leash = new Leash();
  const running = clock.run(() => runWorkflow(machine, frame, leash));
  if (timeoutSeconds === undefined) {
    await running;
    return describeExecution(frame);
  }
  const alarm = clock.setAlarm(timeoutSeconds * 1000);
  const late = alarm.rings.then(() => {
    record({ machine, frame, leash }, "ExecutionTimedOut");
    leash.cut();
    frame.status = "TIMED_OUT";
    frame.failure = new StateError("States.Timeout", `The execution took more than ${timeoutSeconds} seconds.`);
    frame.stopDate = clock.now().toISOString();
  });
  try {
    await Promise.race([running, late]);
  } finally {
    alarm.cancel();
  }
  return describeExecution(frame);
}

function createFrame(machine: Machine, workflow: Frame["workflow"], name: string, input: Json): Frame {
  return {
    workflow,
    execution: {
      Id: createArn(machine, "execution", `:${name}`),
      Name: name,
      Input: input,
      StartTime: machine.clock.now().toISOString(),
      RedriveCount: 0,
      RoleArn: "arn:aws:iam::123456789012:role/state-machine",
    },
    history: [],
    variables: {},
    at: { from: "Start", state: workflow.StartAt, input },
    status: "RUNNING",
  };
}

function describeExecution({ execution, status, output, failure, history }: Frame): Execution {
  const failed = status === "FAILED" || status === "TIMED_OUT";
  return {
    name: execution.Name,
    status,
    ...(status === "SUCCEEDED" ? { output: output ?? null } : {}),
    ...(failed && failure ? { error: failure.error, cause: failure.reason } : {}),
    history: [...history],
    redriveCount: execution.RedriveCount,
  };
}

function createApiError(name: string, execution: string): Error {
  return Object.assign(new Error(`${name}: ${execution}`), { name });
}
