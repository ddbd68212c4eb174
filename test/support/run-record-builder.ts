import { runName } from "../../functions/core/briefing-keys.ts";
import type { RunRecord } from "../../functions/core/run-record.ts";

/** A run's record: an issued run of two editions unless it is said otherwise. */
export function aRunRecord(changes: Partial<RunRecord> = {}): RunRecord {
  const id = { series: "monthly", period: "2018-01", revision: 1, ...changes };
  return {
    series: id.series,
    period: id.period,
    revision: id.revision,
    run: runName(id),
    office: "harbourton",
    asOf: "2018-02-02",
    state: "issued",
    renderItems: "runs/test/render.json",
    deliverItems: "runs/test/deliver.json",
    planned: 2,
    issued: 2,
    failed: [],
    deliveries: {},
    changedAt: "2018-02-02T00:00:00Z",
    ...changes,
  };
}
