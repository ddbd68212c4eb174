import { sameLength } from "../calendar.ts";
import type { Commitment } from "../commitment.ts";
import { textIn } from "../local-text.ts";
import { definitionsComparable, type Metric } from "../metric.ts";
import { publishedDigits, type Vintages } from "../observation.ts";
import { periodName } from "../period-name.ts";
import { gapBetween, gapDirection } from "./benchmark-gap.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";
import { amount } from "./message-words.ts";

type Pair = { readonly period: string; readonly home: Vintages; readonly other: Vintages };

/** benchmark: the same metric, period, unit and definition in both places; two such periods tell whether the gap closes. */
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
  const figures = first === last ? [first.home, first.other] : [first.home, first.other, last.home, last.other];
  const now = { ...words, ...pairWords(last, metric, context) };
  if (first === last) {
    return {
      ...base,
      verdict: "not comparable",
      formula: pairFormula(last),
      explanation: { id: "benchmark.one-period", values: now },
      figures,
    };
  }
  const direction =
    metric.direction === "none"
      ? undefined
      : gapDirection(gapBetween(first.home.best, first.other.best), gapBetween(last.home.best, last.other.best), metric.direction);
  const values = { ...now, fromPeriod: periodName(first.period, context.locale), fromRatio: ratioText(first) };
  const formula = `${pairFormula(first)} → ${pairFormula(last)}`;
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

/** Periods in which both places have a figure under one definition, as long as the latest such period. */
function commonPeriods(metric: Metric, refArea: string, context: JudgeContext): Pair[] {
  const others = new Map(context.series(metric.id, refArea).map((v) => [v.period, v]));
  const pairs = context.series(metric.id, context.homeArea).flatMap((home) => {
    const other = others.get(home.period);
    if (!other || !definitionsComparable(metric, home.best.definition, other.best.definition)) return [];
    return [{ period: home.period, home, other }];
  });
  // A change of definition between two periods would look like a change of the gap.
  const last = pairs.at(-1);
  return pairs.filter(
    (p) => last && sameLength(p.period, last.period) && definitionsComparable(metric, p.home.best.definition, last.home.best.definition),
  );
}

function pairWords(pair: Pair, metric: Metric, { locale }: JudgeContext): Record<string, string> {
  const difference = Math.abs(gapBetween(pair.home.best, pair.other.best).difference);
  return {
    period: periodName(pair.period, locale),
    homeValue: amount(publishedDigits(pair.home.best), metric, locale),
    otherValue: amount(publishedDigits(pair.other.best), metric, locale),
    // No more digits than the coarser of the two figures carries.
    difference: amount(difference.toFixed(Math.max(0, Math.min(pair.home.best.decimals, pair.other.best.decimals))), metric, locale),
    ratio: ratioText(pair),
  };
}

function pairFormula(pair: Pair): string {
  return `${publishedDigits(pair.home.best)} / ${publishedDigits(pair.other.best)} = ${ratioText(pair)}`;
}

function ratioText(pair: Pair): string {
  return gapBetween(pair.home.best, pair.other.best).ratio?.toFixed(2) ?? "–";
}
