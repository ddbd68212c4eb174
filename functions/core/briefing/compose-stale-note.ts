import type { Verdict } from "../assessment/assessment.ts";
import { compareDates, parsePeriod } from "../calendar.ts";
import { periodName } from "../period-name.ts";
import type { Register } from "../ports.ts";
import type { ComposeContext } from "./compose-context.ts";
import type { Judged } from "./judged.ts";
import { isStale } from "./stale-figure.ts";

/** Verdicts that speak of the present: an old figure may carry them only when the reader is told how old it is. */
const presentTense: ReadonlySet<Verdict> = new Set<Verdict>([
  "on track",
  "at risk",
  "off track",
  "improving",
  "flat",
  "worsening",
  "gap closing",
  "gap widening",
]);

/** @returns what to say beside a verdict on the present that rests on a stale figure; undefined where it does not */
export function composeStaleNote({ assessment }: Judged, register: Register, context: ComposeContext): string | undefined {
  if (!presentTense.has(assessment.verdict)) return undefined;
  const endOf = (period: string) => parsePeriod(period)?.end ?? "";
  const newest = assessment.inputs
    .filter((i) => i.role === "decides")
    .toSorted((a, b) => compareDates(endOf(b.period), endOf(a.period)))[0];
  const metric = register.metrics.find((m) => m.id === newest?.metric);
  if (!newest || !metric || !isStale(newest.period, metric.frequency, context.asOf)) return undefined;
  return context.translate({ id: "item.stale", values: { period: periodName(newest.period, context.locale) } });
}
