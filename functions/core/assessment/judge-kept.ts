import type { Period } from "../calendar.ts";
import { sameLength } from "../calendar.ts";
import type { Target } from "../commitment.ts";
import { endOf, furthestSeries } from "../comparable-series.ts";
import type { Metric } from "../metric.ts";
import type { Vintages } from "../observation.ts";
import type { Signal, Verdict } from "./assessment.ts";
import { judgeByMethod } from "./judge-by-method.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";
import { maintain } from "./maintain.ts";
import type { MethodOutcome } from "./method.ts";

/** A target that is to hold in every period. */
export interface KeptTarget {
  readonly target: Target;
  readonly metric: Metric;
  /** The last period in which it is to hold, or of a target without an end the latest of which there is a figure. */
  readonly period: Period;
  /** Whether that period was named and has ended. */
  readonly ended: boolean;
  readonly spoken: string;
  /** Figures under the target's definition. */
  readonly series: readonly Vintages[];
  readonly context: JudgeContext;
}

/** Every period that ended after the speech, the latest before it where there is none since. Once the last of them is over, what was
 *  broken in one of them was missed, whatever came after.
 *  @param verdict which verdict the outcome's signal means while the target runs
 *  @returns undefined when no figure is known, or not yet that of the period that ends it */
export function judgeKept(kept: KeptTarget, verdict: (outcome: MethodOutcome) => Verdict): Finding | undefined {
  const { target, metric, period, ended, spoken, context } = kept;
  const fitting = kept.series.filter((v) => sameLength(v.period, period.id) && endOf(v) <= period.end);
  const series = furthestSeries(fitting, metric);
  const since = series.filter((v) => endOf(v) > spoken);
  const figures = since.length > 0 ? since : series.slice(-1);
  const last = figures.at(-1);
  if (!last || (ended && last.period !== period.id)) return undefined;
  // Its own time plays no part in this method; one has to be there.
  const { due: _due, ...open } = target;
  let signal: Signal | undefined;
  const found = judgeByMethod(maintain, { metric, series: figures, spoken, target: { ...open, period: period.id }, context }, (outcome) => {
    if (!ended || outcome.ratio === null) return verdict(outcome);
    signal = outcome.ratio === 1 ? "achieved" : "failed";
    return outcome.ratio === 1 ? "met" : "missed";
  });
  return { ...found, ...(signal ? { signal } : {}), figures };
}
