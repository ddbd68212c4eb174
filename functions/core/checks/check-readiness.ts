import type { Metric } from "../metric.ts";
import type { Office } from "../office.ts";
import type { Finding } from "./finding.ts";
import { suggestName } from "./suggest-name.ts";

/** Checks what an office waits for: metrics on record that have a frequency, each once, held by offices of its own; not more than there are,
 *  and a cut-off after the first look. */
export function* checkReadiness({ readiness, owners }: Office, metrics: readonly Metric[]): Generator<Finding> {
  if (!readiness) return;
  const at = { entity: "office", index: 0 } as const;
  const { declared, enough, firstCheck, cutOff } = readiness;
  const holders = owners.map((owner) => owner.id);
  for (const [i, { metric, holder }] of declared.entries()) {
    const field = `readiness.declared.${i}`;
    yield* checkMetric(metric, `${field}.metric`, metrics);
    if (declared.findIndex((d) => d.metric === metric) < i) {
      yield { ...at, field: `${field}.metric`, message: `${metric} is already waited for above; name each metric once` };
    }
    if (!holders.includes(holder)) {
      const message = `${holder} is not one of the owners above${suggestName(holder, holders)}`;
      yield { ...at, field: `${field}.holder`, message };
    }
  }
  if (enough > declared.length) {
    const message = `${enough} cannot be there of ${declared.length} that are declared; write a number from 1 to ${declared.length}`;
    yield { ...at, field: "readiness.enough", message };
  }
  if (cutOff <= firstCheck) {
    const message = `working day ${cutOff} is not after the first look, on working day ${firstCheck} (firstCheck); write ${firstCheck + 1} or later`;
    yield { ...at, field: "readiness.cutOff", message };
  }
}

function* checkMetric(id: string, field: string, metrics: readonly Metric[]): Generator<Finding> {
  const at = { entity: "office", index: 0, field } as const;
  const metric = metrics.find((m) => m.id === id);
  if (!metric) {
    const known = metrics.map((m) => m.id);
    yield { ...at, message: `there is no metric ${id} in metrics/${suggestName(id, known)}`, lookedIn: "metric" };
  } else if (metric.frequency === "irregular") {
    yield { ...at, message: `${id} is irregular and due in no month; declare a metric with a frequency (A, S, Q, M or D)` };
  }
}
