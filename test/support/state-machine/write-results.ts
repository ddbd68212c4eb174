import { createArn, createScope } from "./create-scope.ts";
import type { MapState, ResultWriter } from "./definition.ts";
import { evaluateString } from "./evaluate.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Frame, MapRun, Status, Visit } from "./machine.ts";
import { StateError } from "./state-error.ts";

const files: Readonly<Record<"FAILED" | "PENDING" | "SUCCEEDED", readonly Status[]>> = {
  FAILED: ["FAILED", "TIMED_OUT", "ABORTED"],
  PENDING: ["PENDING"],
  SUCCEEDED: ["SUCCEEDED"],
};

/**
 * Writes what became of the children into one file for each of the statuses, and a manifest of them (dg/input-output-resultwriter.html). The files
 * are not split by size.
 * @returns where the manifest is
 */
export async function writeResults(visit: Visit<MapState>, writer: ResultWriter, run: MapRun, retryCount: number): Promise<Json> {
  const scope = createScope(visit, retryCount);
  const bucket = await evaluateString(writer.Arguments.Bucket, scope, "Bucket");
  const prefix = await evaluateString(writer.Arguments.Prefix, scope, "Prefix");
  const folder = [prefix.replace(/\/$/, ""), run.id].filter(Boolean).join("/");
  const resultFiles: JsonObject = {};
  try {
    for (const [name, statuses] of Object.entries(files)) {
      const children = run.children.filter(({ frame }) => statuses.includes(frame.status));
      resultFiles[name] = [];
      if (children.length === 0) continue;
      const key = `${folder}/${name}_0.json`;
      const body = JSON.stringify(children.map(({ frame }) => describeChild(visit, frame)));
      await visit.machine.objects.putObject(bucket, key, body);
      resultFiles[name] = [{ Key: key, Size: Buffer.byteLength(body) }];
    }
    const manifest = { DestinationBucket: bucket, MapRunArn: run.arn, ResultFiles: resultFiles };
    await visit.machine.objects.putObject(bucket, `${folder}/manifest.json`, JSON.stringify(manifest));
  } catch (error) {
    throw new StateError("States.ResultWriterFailed", `s3://${bucket}/${folder}: ${(error as Error).message}`);
  }
  return { MapRunArn: run.arn, ResultWriterDetails: { Bucket: bucket, Key: `${folder}/manifest.json` } };
}

/** A child with its metadata, as in the files of a ResultWriter; input and output are JSON texts. */
export function describeChild(
  { machine, state, frame }: Visit<MapState>,
  { execution, status, output, failure, stopDate }: Frame,
): JsonObject {
  return {
    ...(failure && status === "FAILED" ? { Cause: failure.reason, Error: failure.error } : {}),
    ExecutionArn: execution.Id,
    Input: JSON.stringify(execution.Input),
    InputDetails: { Included: true },
    Name: execution.Name,
    ...(status === "SUCCEEDED" ? { Output: JSON.stringify(output), OutputDetails: { Included: true } } : {}),
    RedriveCount: execution.RedriveCount,
    ...(status === "SUCCEEDED"
      ? { RedriveStatus: "NOT_REDRIVABLE", RedriveStatusReason: "Execution is SUCCEEDED and cannot be redriven" }
      : { RedriveStatus: "REDRIVABLE" }),
    StartDate: execution.StartTime,
    StateMachineArn: createArn(machine, "stateMachine", `/${state.Label ?? frame.at.state}`),
    Status: status,
    ...(stopDate ? { StopDate: stopDate } : {}),
  };
}
