import type { Json } from "./json.ts";
import { type Frame, type Leash, LetGo, type Machine, record, type Visit } from "./machine.ts";
import { runState } from "./run-state.ts";
import { StateError } from "./state-error.ts";

type Run = Pick<Visit, "machine" | "frame" | "leash">;

/**
 * Runs a workflow from where its frame is to the end, and leaves in the frame how it ended and where.
 * @param leash by which its holder may stop the run
 */
export async function runWorkflow(machine: Machine, frame: Frame, leash: Leash): Promise<void> {
  const run = { machine, frame, leash };
  const about = frame.outer ? "MapIteration" : "Execution";
  frame.status = "RUNNING";
  try {
    record(run, `${about}${frame.execution.RedriveCount > 0 ? "Redriven" : "Started"}`);
    const ending = await runStates(run);
    if (ending instanceof StateError) {
      record(run, `${about}Failed`, ending.error);
      frame.failure = ending;
      // "If the state failed because of a States.DataLimitExceeded error, the Distributed Map state is rerun" by a redrive, with the children that
      // were successful (dg/redrive-executions.html).
      if (ending.error === "States.DataLimitExceeded") frame.mapRun = undefined;
    } else {
      record(run, `${about}Succeeded`, ending);
      frame.output = ending;
    }
    frame.status = ending instanceof StateError ? "FAILED" : "SUCCEEDED";
    frame.stopDate = machine.clock.now().toISOString();
  } catch (error) {
    if (!(error instanceof LetGo)) throw error;
  }
}

/** @returns the output of the last state, or the failure of one */
async function runStates(run: Run): Promise<Json | StateError> {
  const { machine, frame } = run;
  try {
    for (;;) {
      const state = frame.workflow.States[frame.at.state];
      if (!state) throw new Error(`There is no state ${frame.at.state}`);
      const { output, variables, next } = await runState({ ...run, state, enteredTime: machine.clock.now().toISOString() });
      record(run, "StateExited", output);
      Object.assign(frame.variables, variables);
      frame.mapRun = undefined;
      if (next === undefined) return output;
      frame.at = { from: frame.at.state, state: next, input: output };
    }
  } catch (error) {
    if (error instanceof StateError) return error;
    throw error;
  }
}
