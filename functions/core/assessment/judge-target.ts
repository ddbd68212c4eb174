import { compareDates, type Period, parsePeriod, sameLength } from "../calendar.ts";
import type { Commitment, MethodId, Target } from "../commitment.ts";
import { endOf, furthestSeries, lastBefore } from "../comparable-series.ts";
import type { Message } from "../local-text.ts";
import { definitionName, definitionsComparable, isExact, type Metric } from "../metric.ts";
import type { Vintages } from "../observation.ts";
import { dayName } from "../period-name.ts";
import { type Amount, printDigits, printPoints } from "../printed-amount.ts";
import type { Signal, Verdict } from "./assessment.ts";
import { judgeByMethod } from "./judge-by-method.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";
import { judgeKept } from "./judge-kept.ts";
import { judgeRunRate } from "./judge-run-rate.ts";
import { baseWords, figureWords, targetWords } from "./message-words.ts";
import { findMethod } from "./methods.ts";
import { compareWithTarget, comparisonWords, type Standing } from "./threshold.ts";
import { type TimeProportional, timeProportional } from "./time-proportional.ts";

const closedSignals: Record<Standing, Signal> = { met: "achieved", missed: "failed", "on the line": "watch" };
const runningVerdicts: Record<Standing, Verdict> = { met: "on track", missed: "off track", "on the line": "at risk" };
const runningSignals: Record<Standing, Signal> = { met: "on track", missed: "off track", "on the line": "watch" };

/** A target with what judging it needs. */
interface Case {
  readonly target: Target;
  readonly metric: Metric;
  /** The period that is to decide; undefined when neither period nor due date was said. */
  readonly period: Period | undefined;
  readonly over: boolean;
  /** The day on which it was said. */
  readonly spoken: string;
  /** The method that the commitment names. */
  readonly method: MethodId | undefined;
  /** Every figure known of the metric and area, under any definition. */
  readonly series: readonly Vintages[];
  readonly words: Readonly<Record<string, string | number>>;
  readonly context: JudgeContext;
}

/** From the worst to the best: where a sentence has several targets, the worst decides. What cannot be judged is worse than what was achieved. */
const worstFirst: readonly Signal[] = ["failed", "off track", "watch", "cannot judge", "not scored", "on track", "ahead", "achieved"];

/** quantified-target: the official figure of the same period and definition against the target.
 *  Once the period is over: met, missed or on the line. While it runs: on track, at risk or off track, by a figure for the whole
 *  period where one is known, else by the method that the commitment names or its target's default. No figure: no data. */
export function judgeTarget(commitment: Commitment, context: JudgeContext): Finding {
  const targets = [commitment.target, ...commitment.moreTargets].filter((t) => t !== undefined);
  const [worst, ...others] = targets
    .map((target) => judgeOne(commitment, target, context))
    .toSorted((a, b) => worstFirst.indexOf(a.signal) - worstFirst.indexOf(b.signal));
  if (!worst) return noVerdict("no data", { id: "threshold.no-target" });
  if (others.length === 0) return worst;
  const sentence = context.translate(worst.explanation);
  return {
    ...worst,
    explanation: { id: "threshold.worst-of", values: { sentence, count: targets.length } },
    figures: [...(worst.figures ?? []), ...others.flatMap((f) => f.figures ?? [])],
  };
}

function judgeOne(commitment: Commitment, target: Target, context: JudgeContext): Finding {
  const metric = context.metric(target.metric);
  if (!metric) return noVerdict("no data", { id: "threshold.no-target" });
  const area = target.refArea ?? context.homeArea;
  const series = context.series(target.metric, area);
  const named = target.period ?? target.due;
  const period = parsePeriod(named ?? lastToEnd(series)?.period ?? "");
  const over = named === undefined || (period !== undefined && period.end <= context.asOf);
  const words = { ...targetWords(target, metric, context), area: context.areaName(area) };
  const spoken = context.spokenOn(commitment);
  return judgeCase({ target, metric, period, over, spoken, method: commitment.method, series, words, context });
}

function judgeCase(target: Case): Finding {
  const kept = target.method === "maintain" ? judgeEveryPeriod(target) : undefined;
  if (kept) return kept;
  const candidates = target.series.filter((v) => v.period === target.period?.id);
  const [figure] = withDefinition(candidates, target);
  if (figure) return judgeFigure(figure, target);
  if (candidates.length > 0) {
    const values = {
      ...target.words,
      published: definitionName(target.metric, candidates[0]?.best.definition, target.context.locale) ?? "",
    };
    return { ...noVerdict("definition differs", { id: "threshold.definition-differs", values }), figures: candidates };
  }
  const progress = target.over ? undefined : judgeRunning(target);
  const asOf = dayName(target.context.asOf, target.context.locale);
  return (
    progress ?? noVerdict("no data", { id: target.over ? "threshold.no-data" : "threshold.no-data-yet", values: { ...target.words, asOf } })
  );
}

/** A target that is to hold every year is not settled by its last one. */
function judgeEveryPeriod(target: Case): Finding | undefined {
  const { period, over } = target;
  const { period: named, due } = target.target;
  const ended = over && (named ?? due) !== undefined;
  const series = withDefinition(target.series, target);
  return period && judgeKept({ ...target, period, series, ended }, ({ signal }) => verdictsEarly[signal]);
}

/** While the period runs: by the method named, else by the total so far, else by the course towards a due date. */
function judgeRunning(target: Case): Finding | undefined {
  const { method, period } = target;
  if (method === "run-rate") {
    const series = withDefinition(target.series, target);
    return period && judgeRunRate({ ...target, period, series }, ({ signal }) => verdictsEarly[signal]);
  }
  const soFar = method === undefined || method === "time-proportional" ? judgeSoFar(target) : undefined;
  return soFar ?? judgeDue(target);
}

function noVerdict(verdict: Verdict, explanation: Finding["explanation"]): Finding {
  return { verdict, signal: "cannot judge", method: "threshold", formula: "", explanation };
}

function withDefinition(candidates: readonly Vintages[], { metric, target }: Case): Vintages[] {
  const fits = (definition: string | undefined) => definitionsComparable(metric, definition, target.definition);
  return candidates.flatMap((v) => {
    const [best, ...others] = [v.best, ...v.others].filter((f) => fits(f.definition));
    return best ? [{ period: v.period, best, others }] : [];
  });
}

function judgeFigure(figure: Vintages, { target, metric, over, words, context }: Case): Finding {
  const exact = isExact(metric.shape);
  const standing = compareWithTarget(figure.best, target, exact);
  return {
    verdict: over ? standing : runningVerdicts[standing],
    signal: over ? closedSignals[standing] : runningSignals[standing],
    method: "threshold",
    formula: context.translate({ id: "threshold.comparison", values: comparisonWords(figure.best, target, metric, context.locale) }),
    explanation: { id: `threshold.${standing}`, values: { ...words, ...figureWords(figure.best, metric, context.locale) } },
    figures: [figure],
  };
}

const bandVerdicts: Record<TimeProportional["band"], { verdict: Verdict; signal: Signal }> = {
  ahead: { verdict: "on track", signal: "ahead" },
  "on track": { verdict: "on track", signal: "on track" },
  watch: { verdict: "at risk", signal: "watch" },
  behind: { verdict: "at risk", signal: "watch" },
  "off track": { verdict: "off track", signal: "off track" },
};

/** An amount that adds up over the target's period, which still runs: its total so far against the share of the period that has gone. */
function judgeSoFar(target: Case): Finding | undefined {
  const { metric, period, words, context } = target;
  const adds = metric.shape === "level" || metric.shape === "count";
  if (!adds || !period || !target.target.comparator.startsWith(">")) return undefined;
  const parts = target.series.filter((v) => parsePeriod(v.period)?.start === period.start && endOf(v) <= context.asOf);
  const soFar = lastToEnd(withDefinition(parts, target));
  if (!soFar) return undefined;
  const result = timeProportional({ actual: soFar.best.value, target: target.target.value, ...period, asOf: endOf(soFar) });
  const print = (amount: Amount) => printDigits(amount, metric, context.locale);
  const formula = `${print(soFar.best)} / ${print({ value: target.target.value })}`;
  const values = { ...words, ...figureWords(soFar.best, metric, context.locale) };
  return result && judgeBand(result, formula, { id: "time-proportional.so-far", values }, [soFar], context);
}

/** The figure whose period ends last. Ids do not sort by their end: `2017-01-01/P10M` stands before `…/P9M`. */
function lastToEnd(series: readonly Vintages[]): Vintages | undefined {
  return series.toSorted((a, b) => compareDates(endOf(a), endOf(b))).at(-1);
}

/** A target with a due date: by the method named; else by the ratio of actual to required annual growth for what grows, and by the way
 *  covered where growth has no meaning (rates, zero or negative values). */
function judgeDue(target: Case): Finding | undefined {
  const { period, method, metric, spoken, context } = target;
  // Who names a method of pace for the figure of a period means the way there; by default that figure is waited for.
  const paced = target.target.due !== undefined || (method !== undefined && method !== "threshold");
  if (!paced || !period) return undefined;
  const fitting = withDefinition(target.series, target).filter((v) => sameLength(v.period, period.id));
  const series = furthestSeries(fitting, metric);
  if (series.length < 2) return undefined;
  const named = findMethod(method ?? "cagr-ratio");
  if (method === "time-proportional" || !named) return judgeCourse(target, period, series);
  const found = judgeByMethod(named, { metric, series, spoken, target: target.target, context }, ({ signal }) => verdictsEarly[signal]);
  return method === undefined && found.signal === "cannot judge" ? judgeCourse(target, period, series) : found;
}

/** What a method's signal says while the period runs. */
const verdictsEarly: Record<Signal, Verdict> = {
  achieved: "on track",
  ahead: "on track",
  "on track": "on track",
  watch: "at risk",
  "off track": "off track",
  failed: "off track",
  "cannot judge": "cannot judge",
  "not scored": "cannot judge",
};

/** A level with a due date: the way covered since the last figure before the speech against the share of the time that has gone. */
function judgeCourse(target: Case, period: Period, series: readonly Vintages[]): Finding | undefined {
  const { metric, spoken, context } = target;
  const [base, current] = [lastBefore(series, spoken) ?? series[0], series.at(-1)];
  if (!base || !current || base === current) return undefined;
  const way = target.target.value - base.best.value;
  const covered = current.best.value - base.best.value;
  const sign = Math.sign(way);
  const result = timeProportional({
    actual: covered * sign,
    target: way * sign,
    start: endOf(base),
    end: period.end,
    asOf: endOf(current),
  });
  const print = (amount: Amount) => printDigits(amount, metric, context.locale);
  const [from, to] = [print(base.best), print(current.best)];
  const formula = `(${to} − ${from}) / (${print({ value: target.target.value })} − ${from})`;
  const values = { ...target.words, ...baseWords(base.best, metric, context.locale), ...figureWords(current.best, metric, context.locale) };
  return result && judgeBand(result, formula, { id: "time-proportional.course", values }, [base, current], context);
}

/** @param covered the formula of what was done @param message takes what was done and what has gone in per cent */
function judgeBand(
  result: TimeProportional,
  covered: string,
  message: Message,
  figures: readonly Vintages[],
  { translate }: JudgeContext,
): Finding {
  const [done, elapsed] = [result.done.toFixed(0), result.elapsed.toFixed(0)];
  return {
    ...bandVerdicts[result.band],
    method: "time-proportional",
    formula: `${covered} − ${elapsed}% = ${printPoints({ value: result.gap }, translate)}`,
    explanation: { id: message.id, values: { ...message.values, done, elapsed } },
    figures,
  };
}
