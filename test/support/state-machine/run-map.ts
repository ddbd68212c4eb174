import type { MapState } from "./definition.ts";
import { type Json, limitPayload } from "./json.ts";
import { type Frame, Leash, type MapRun, record, type Visit } from "./machine.ts";
import { createMapRun } from "./map-run.ts";
import { runWorkflow } from "./run-workflow.ts";
import { StateError } from "./state-error.ts";
import { describeChild, writeResults } from "./write-results.ts";

/**
 * Runs the children of a Map; after a redrive only those that did not succeed.
 * @returns the outputs in the order of the items, or where the ResultWriter put them
 */
export async function runMap(visit: Visit<MapState>, retryCount: number): Promise<Json> {
  const { frame, state } = visit;
  if (frame.mapRun) for (const { frame: child } of frame.mapRun.children) prepareRedrive(visit, child);
  record(visit, frame.mapRun ? "MapRunRedriven" : "MapRunStarted");
  frame.mapRun ??= await createMapRun(visit, retryCount);
  const run = frame.mapRun;
  const failure = await runChildren(visit, run);
  visit.leash.check();
  const written = state.ResultWriter ? await writeResults(visit, state.ResultWriter, run, retryCount) : undefined;
  record(visit, failure ? "MapRunFailed" : "MapRunSucceeded");
  if (failure) throw failure;
  if (written) return written;
  const outputs = run.children.map(({ frame: child }) =>
    child.status === "SUCCEEDED" ? (child.output ?? null) : describeChild(visit, child),
  );
  limitPayload(outputs, `The result of the state '${frame.at.state}'`);
  return outputs;
}

/** A child of type STANDARD goes on where it failed, one of type EXPRESS starts again (dg/redrive-map-run.html). */
function prepareRedrive({ machine, frame, state }: Visit<MapState>, child: Frame): void {
  if (child.status === "SUCCEEDED" || child.status === "PENDING") return;
  child.status = "PENDING";
  if (child.execution === frame.execution) return;
  child.execution.RedriveCount += 1;
  child.execution.RedriveTime = machine.clock.now().toISOString();
  if (state.ItemProcessor.ProcessorConfig.ExecutionType !== "EXPRESS") return;
  child.variables = {};
  child.mapRun = undefined;
  child.at = { from: "Start", state: child.workflow.StartAt, input: child.execution.Input };
}

/** @returns why the Map fails, if it does; children that still run are let go then, and no more are started */
async function runChildren(visit: Visit<MapState>, run: MapRun): Promise<StateError | undefined> {
  const { machine, state } = visit;
  const leash = new Leash(visit.leash);
  const waiting = run.children.filter(({ frame }) => frame.status === "PENDING").map(({ frame }) => frame);
  const broken = Promise.withResolvers<StateError>();
  async function work(): Promise<void> {
    for (let child = waiting.shift(); child; child = waiting.shift()) {
      await runWorkflow(machine, child, leash);
      const failure = child.status === "FAILED" ? judgeFailure(state, run, child) : undefined;
      if (!failure) continue;
      waiting.length = 0;
      broken.resolve(failure);
    }
  }
  const workers = Array.from({ length: Math.min(run.maxConcurrency, waiting.length) }, () => machine.clock.run(work));
  const failure = await machine.clock.join(Promise.race([Promise.all(workers).then(() => undefined), broken.promise]));
  if (!failure) return undefined;
  leash.cut();
  for (const { frame: child } of run.children) if (child.status === "RUNNING") child.status = "ABORTED";
  return failure;
}

/** An inline Map fails with its first iteration; a distributed one with more failed items than it tolerates (dg/maprun-fail-threshold.html). */
function judgeFailure(state: MapState, run: MapRun, child: Frame): StateError | undefined {
  if (state.ItemProcessor.ProcessorConfig.Mode === "INLINE") return child.failure;
  const failed = run.children.filter(({ frame }) => frame.status === "FAILED").reduce((sum, { items }) => sum + items, 0);
  if (failed <= run.toleratedCount && (100 * failed) / run.total <= run.toleratedPercentage) return undefined;
  return new StateError("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded.");
}
