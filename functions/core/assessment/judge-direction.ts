import { parsePeriod, sameLength } from "../calendar.ts";
import type { Commitment } from "../commitment.ts";
import { textIn } from "../local-text.ts";
import { definitionsComparable, type Metric } from "../metric.ts";
import { publishedDigits, type Vintages } from "../observation.ts";
import { dayName } from "../period-name.ts";
import type { Signal } from "./assessment.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";
import { baseWords, figureWords } from "./message-words.ts";
import { type Direction, directionBetween } from "./trend.ts";

const signals: Record<Direction, Signal> = { improving: "on track", flat: "watch", worsening: "off track" };

/** directional-commitment: a named proxy, the last period that ended before the speech against the latest one since.
 *  Improving, flat or worsening; never "done". Periods of other length or definition than the latest are not compared. */
export function judgeDirection(commitment: Commitment, context: JudgeContext): Finding {
  // Statements are shown beside the figures; they do not move a direction.
  const base = { method: "trend", formula: "", signal: "cannot judge", evidence: context.evidenceOn(commitment.programmes) } as const;
  const proxy = commitment.proxy;
  const metric = proxy && context.metric(proxy.metric);
  if (!proxy || !metric) return { ...base, verdict: "no proxy", explanation: { id: "trend.no-proxy" } };
  const series = comparableWithLatest(context.series(proxy.metric, proxy.refArea ?? context.homeArea), metric);
  const spoken = context.spokenOn(commitment);
  const before = series.filter((v) => endOf(v) <= spoken);
  const since = series.filter((v) => endOf(v) > spoken);
  const [earlier, later] = [before.at(-1) ?? since[0], since.at(-1) ?? before.at(-1)];
  const words = { metric: textIn(metric.name, context.locale), spoken: dayName(spoken, context.locale) };
  const figures = [earlier, later].filter((v) => v !== undefined);
  if (!later) return { ...base, verdict: "no data", explanation: { id: "trend.no-figure", values: words }, figures };
  if (!earlier || earlier === later) {
    return {
      ...base,
      verdict: "one period only",
      explanation: { id: "trend.one-period", values: words },
      figures,
    };
  }
  const direction = directionBetween(earlier.best, later.best, metric.direction);
  const values = { ...words, ...baseWords(earlier.best, metric, context.locale) };
  if (!direction) return { ...base, verdict: "cannot judge", explanation: { id: "trend.no-direction", values }, figures };
  return {
    ...base,
    verdict: direction,
    signal: signals[direction],
    formula: `${publishedDigits(earlier.best)} → ${publishedDigits(later.best)} ${metric.unit.id}`,
    explanation: { id: `trend.${direction}`, values: { ...values, ...figureWords(later.best, metric, context.locale) } },
    figures,
  };
}

/** Only periods as long as the latest one and under its definition: a half-year is not held against a year. */
function comparableWithLatest(series: readonly Vintages[], metric: Metric): Vintages[] {
  const latest = series.toSorted((a, b) => (endOf(a) < endOf(b) ? -1 : 1)).at(-1);
  if (!latest) return [];
  return series.filter(
    (v) => sameLength(v.period, latest.period) && definitionsComparable(metric, v.best.definition, latest.best.definition),
  );
}

function endOf(v: Vintages): string {
  return parsePeriod(v.period)?.end ?? v.period;
}
