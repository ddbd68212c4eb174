import { compareDates } from "../calendar.ts";
import type { Commitment } from "../commitment.ts";
import { comparableSeries, endOf, furthestSeries, lastBefore } from "../comparable-series.ts";
import { textIn } from "../local-text.ts";
import type { Vintages } from "../observation.ts";
import { dayName } from "../period-name.ts";
import { printAmount, printDigits } from "../printed-amount.ts";
import type { Signal } from "./assessment.ts";
import { type Direction, directionBetween } from "./direction-of-change.ts";
import { judgeByMethod } from "./judge-by-method.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";
import { baseWords, figureWords } from "./message-words.ts";
import { trend } from "./trend.ts";

const signals: Record<Direction, Signal> = { improving: "on track", flat: "watch", worsening: "off track" };

/** What a trend's signal says. A direction is never "done": what reached its limit is improving too. */
const trends: Record<Signal, Finding["verdict"]> = {
  achieved: "improving",
  ahead: "improving",
  "on track": "improving",
  watch: "flat",
  "off track": "worsening",
  failed: "worsening",
  "cannot judge": "cannot judge",
  "not scored": "cannot judge",
};

/** directional-commitment: a named proxy, the last period that ended before the speech against the latest one since.
 *  Improving, flat or worsening; never "done". Only periods of one length and definition are compared. */
export function judgeDirection(commitment: Commitment, context: JudgeContext): Finding {
  // Statements are shown beside the figures; they do not move a direction.
  const base = { method: "direction", formula: "", signal: "cannot judge", evidence: context.evidenceOn(commitment.programmes) } as const;
  const proxy = commitment.proxy;
  const metric = proxy && context.metric(proxy.metric);
  if (!proxy || !metric) return { ...base, verdict: "no proxy", explanation: { id: "direction.no-proxy" } };
  const spoken = context.spokenOn(commitment);
  const all = context.series(proxy.metric, proxy.refArea ?? context.homeArea);
  // Where neither way is better there is no trend to be told either; the default says so.
  if (commitment.method === "trend" && metric.direction !== "none") {
    const series = furthestSeries(all, metric);
    return { ...base, ...judgeByMethod(trend, { metric, series, spoken, context }, ({ signal }) => trends[signal]) };
  }
  const pairs = comparableSeries(all, metric)
    .map((series) => aroundSpeech(series, spoken))
    .filter((pair) => pair !== undefined);
  // Of several pairs the one that reaches furthest, then that of the longest series; a single figure is shown when there is no pair.
  const { earlier, later } = pairs.toSorted((a, b) => compareDates(endOf(b.later), endOf(a.later)))[0] ?? {
    earlier: undefined,
    later: all.at(-1),
  };
  const words = { metric: textIn(metric.name, context.locale), spoken: dayName(spoken, context.locale) };
  const figures = [earlier, later].filter((v) => v !== undefined);
  if (!later) return { ...base, verdict: "no data", explanation: { id: "direction.no-figure", values: words }, figures };
  if (!earlier) {
    return {
      ...base,
      verdict: "one period only",
      explanation: { id: "direction.one-period", values: words },
      figures,
    };
  }
  const direction = directionBetween(earlier.best, later.best, metric.direction);
  const values = { ...words, ...baseWords(earlier.best, metric, context.locale) };
  if (!direction) return { ...base, verdict: "cannot judge", explanation: { id: "direction.no-direction", values }, figures };
  return {
    ...base,
    verdict: direction,
    signal: signals[direction],
    formula: `${printDigits(earlier.best, metric, context.locale)} → ${printAmount(later.best, metric, context.locale)}`,
    explanation: { id: `direction.${direction}`, values: { ...values, ...figureWords(later.best, metric, context.locale) } },
    figures,
  };
}

interface Pair {
  readonly earlier: Vintages | undefined;
  readonly later: Vintages | undefined;
}

/** The last figure of a series from before the speech (else the first since) and the latest, which is one since; no pair without two different ones. */
function aroundSpeech(series: readonly Vintages[], spoken: string): Pair | undefined {
  const [earlier, later] = [lastBefore(series, spoken) ?? series[0], series.at(-1)];
  return earlier === later ? undefined : { earlier, later };
}
