import { compareDates } from "../calendar.ts";
import type { Commitment } from "../commitment.ts";
import { comparableSeries } from "../comparable-series.ts";
import { textIn } from "../local-text.ts";
import { definitionsComparable, hasRatio, type Metric } from "../metric.ts";
import type { Vintages } from "../observation.ts";
import { periodInSentence } from "../period-name.ts";
import { printAmount, printDifference, printDigits } from "../printed-amount.ts";
import { gapBetween, gapDirection } from "./benchmark-gap.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";

/** A period's figures of both places. */
export type Pair = { readonly period: string; readonly home: Vintages; readonly other: Vintages };

/** benchmark: the same metric, period, unit and definition in both places; two such periods tell whether the gap closes. A metric without a
 *  ratio (see {@link hasRatio}) is not judged. */
export function judgeBenchmark(commitment: Commitment, context: JudgeContext): Finding {
  const base = { method: "benchmark-gap", formula: "", signal: "cannot judge" } as const;
  const benchmark = commitment.benchmark;
  if (!benchmark) return { ...base, verdict: "no metric chosen", explanation: { id: "benchmark.no-place" } };
  const area = context.areaName(benchmark.refArea);
  const metric = benchmark.metric === undefined ? undefined : context.metric(benchmark.metric);
  if (!metric) return { ...base, verdict: "no metric chosen", explanation: { id: "benchmark.no-metric", values: { area } } };
  const pairs = commonPeriods(metric, benchmark.refArea, context);
  const [first, last] = [pairs.at(0), pairs.at(-1)];
  const words = {
    area,
    home: context.areaName(context.homeArea),
    metric: textIn(metric.name, context.locale),
  };
  if (!first || !last) return { ...base, verdict: "not comparable", explanation: { id: "benchmark.no-common-period", values: words } };
  if (!hasRatio(metric.shape)) {
    // The gap table shows the difference; whether it moved is judged by a ratio alone.
    const values = { ...words, ...figureWords(last, metric, context), shape: metric.shape };
    return { ...base, verdict: "not comparable", explanation: { id: "benchmark.no-ratio", values }, figures: [last.home, last.other] };
  }
  const figures = first === last ? [first.home, first.other] : [first.home, first.other, last.home, last.other];
  const now = { ...words, ...pairWords(last, metric, context) };
  if (first === last) {
    return {
      ...base,
      verdict: "not comparable",
      formula: pairFormula(last, metric, context),
      explanation: { id: "benchmark.one-period", values: now },
      figures,
    };
  }
  const direction =
    metric.direction === "none"
      ? undefined
      : gapDirection(gapBetween(first.home.best, first.other.best), gapBetween(last.home.best, last.other.best), metric.direction);
  const values = { ...now, fromPeriod: periodInSentence(first.period, context.locale), fromRatio: ratioText(first) };
  const formula = `${pairFormula(first, metric, context)} → ${pairFormula(last, metric, context)}`;
  if (!direction) return { ...base, verdict: "not comparable", formula, explanation: { id: "benchmark.within-rounding", values }, figures };
  return {
    verdict: direction,
    signal: direction === "gap closing" ? "on track" : "watch",
    method: "benchmark-gap",
    formula,
    explanation: { id: `benchmark.${direction}`, values },
    figures,
  };
}

/** Periods in which both places have a figure under one definition and without a break in either series; of several such series the one
 *  with the most common periods. */
export function commonPeriods(metric: Metric, refArea: string, context: Pick<JudgeContext, "series" | "homeArea">): Pair[] {
  const ours = comparableSeries(context.series(metric.id, context.homeArea), metric);
  const theirs = comparableSeries(context.series(metric.id, refArea), metric);
  const candidates = ours.flatMap((home) =>
    theirs.map((others) => {
      const byPeriod = new Map(others.map((v) => [v.period, v]));
      return home.flatMap((v): Pair[] => {
        const other = byPeriod.get(v.period);
        return other && definitionsComparable(metric, v.best.definition, other.best.definition)
          ? [{ period: v.period, home: v, other }]
          : [];
      });
    }),
  );
  const lastPeriod = (pairs: readonly Pair[]) => pairs.at(-1)?.period ?? "";
  return candidates.toSorted((a, b) => b.length - a.length || compareDates(lastPeriod(b), lastPeriod(a)))[0] ?? [];
}

function figureWords({ period, home, other }: Pair, metric: Metric, { locale }: JudgeContext): Record<string, string> {
  return {
    period: periodInSentence(period, locale),
    homeValue: printAmount(home.best, metric, locale),
    otherValue: printAmount(other.best, metric, locale),
  };
}

function pairWords(pair: Pair, metric: Metric, context: JudgeContext): Record<string, string> {
  const difference = Math.abs(gapBetween(pair.home.best, pair.other.best).difference);
  return {
    ...figureWords(pair, metric, context),
    // No more digits than the coarser of the two figures carries.
    difference: printDifference(
      { value: difference, decimals: Math.min(pair.home.best.decimals, pair.other.best.decimals) },
      metric,
      context,
    ),
    ratio: ratioText(pair),
  };
}

function pairFormula(pair: Pair, metric: Metric, { locale }: JudgeContext): string {
  const [home, other] = [pair.home, pair.other].map((v) => printDigits(v.best, metric, locale));
  return `${home} / ${other} = ${ratioText(pair)}`;
}

function ratioText(pair: Pair): string {
  return gapBetween(pair.home.best, pair.other.best).ratio?.toFixed(2) ?? "–";
}
