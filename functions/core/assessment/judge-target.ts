import { type Period, parsePeriod, sameLength } from "../calendar.ts";
import type { Commitment, Target } from "../commitment.ts";
import { definitionsComparable, type Metric } from "../metric.ts";
import { publishedDigits, type Vintages } from "../observation.ts";
import { dayName } from "../period-name.ts";
import type { Signal, Verdict } from "./assessment.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";
import { baseWords, figureWords, targetWords } from "./message-words.ts";
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
  /** Every figure known of the metric and area, under any definition. */
  readonly series: readonly Vintages[];
  readonly words: Readonly<Record<string, string | number>>;
  readonly context: JudgeContext;
}

/** quantified-target: the official figure of the same period and definition against the target.
 *  Once the period is over: met, missed or on the line. While it runs: on track, at risk or off track, by a figure for the whole
 *  period where one is known, else by time-proportional progress. No figure: no data. */
export function judgeTarget(commitment: Commitment, context: JudgeContext): Finding {
  const target = commitment.target;
  const metric = target && context.metric(target.metric);
  if (!target || !metric) return noVerdict("no data", { id: "threshold.no-target" });
  const area = target.refArea ?? context.homeArea;
  const series = context.series(target.metric, area);
  const named = target.period ?? target.due;
  const period = named === undefined ? parsePeriod(series.at(-1)?.period ?? "") : parsePeriod(named);
  const words = { ...targetWords(target, metric, context), area: context.areaName(area) };
  const over = named === undefined || (period !== undefined && period.end <= context.asOf);
  return judgeCase({ target, metric, period, over, spoken: context.spokenOn(commitment), series, words, context });
}

function judgeCase(target: Case): Finding {
  const candidates = target.series.filter((v) => v.period === target.period?.id);
  const [figure] = withDefinition(candidates, target);
  if (figure) return judgeFigure(figure, target);
  if (candidates.length > 0) {
    const values = { ...target.words, published: candidates[0]?.best.definition ?? "" };
    return { ...noVerdict("definition differs", { id: "threshold.definition-differs", values }), figures: candidates };
  }
  const progress = target.over ? undefined : (judgeSoFar(target) ?? judgeCourse(target));
  const asOf = dayName(target.context.asOf, target.context.locale);
  return (
    progress ?? noVerdict("no data", { id: target.over ? "threshold.no-data" : "threshold.no-data-yet", values: { ...target.words, asOf } })
  );
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
  const exact = metric.shape === "rank" || metric.shape === "count";
  const standing = compareWithTarget(figure.best, target, exact);
  return {
    verdict: over ? standing : runningVerdicts[standing],
    signal: over ? closedSignals[standing] : runningSignals[standing],
    method: "threshold",
    formula: context.translate({ id: "threshold.comparison", values: comparisonWords(figure.best, target, exact) }),
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

/** An amount that adds up over the target's period: its total so far against the share of the period that has gone. */
function judgeSoFar(target: Case): Finding | undefined {
  const { metric, period, context } = target;
  const adds = metric.shape === "level" || metric.shape === "count";
  if (!adds || !period || !target.target.comparator.startsWith(">")) return undefined;
  const parts = target.series.filter((v) => {
    const part = parsePeriod(v.period);
    return part !== undefined && part.start === period.start && part.end < period.end && part.end <= context.asOf;
  });
  const so = withDefinition(parts, target).at(-1);
  const asOf = so && parsePeriod(so.period)?.end;
  const result = so && asOf ? timeProportional({ actual: so.best.value, target: target.target.value, ...period, asOf }) : undefined;
  return so && result
    ? judgeBand(result, [so], `${publishedDigits(so.best)} / ${target.target.value}`, "time-proportional.so-far", target)
    : undefined;
}

/** A level with a due date: the way covered since the last figure before the speech against the share of the time that has gone. */
function judgeCourse(target: Case): Finding | undefined {
  const { period, spoken } = target;
  if (target.target.due === undefined || !period) return undefined;
  const usable = withDefinition(target.series, target).filter((v) => sameLength(v.period, period.id));
  const endOf = (v: Vintages | undefined) => parsePeriod(v?.period ?? "")?.end ?? "";
  const [base, current] = [usable.findLast((v) => endOf(v) <= spoken) ?? usable[0], usable.at(-1)];
  if (!base || !current || base === current) return undefined;
  const [start, asOf] = [endOf(base), endOf(current)];
  const way = target.target.value - base.best.value;
  const covered = current.best.value - base.best.value;
  const sign = Math.sign(way);
  const result = timeProportional({ actual: covered * sign, target: way * sign, start, end: period.end, asOf });
  if (!result) return undefined;
  const [from, to] = [publishedDigits(base.best), publishedDigits(current.best)];
  const formula = `(${to} − ${from}) / (${target.target.value} − ${from})`;
  const words = { ...target.words, ...baseWords(base.best, target.metric, target.context.locale) };
  return judgeBand(result, [base, current], formula, "time-proportional.course", { ...target, words });
}

function judgeBand(
  result: TimeProportional,
  figures: readonly Vintages[],
  done: string,
  message: string,
  { metric, words, context }: Case,
): Finding {
  const last = figures.at(-1)?.best;
  const values = {
    ...words,
    ...(last ? figureWords(last, metric, context.locale) : {}),
    done: result.done.toFixed(0),
    elapsed: result.elapsed.toFixed(0),
  };
  return {
    ...bandVerdicts[result.band],
    method: "time-proportional",
    formula: `${done} − ${result.elapsed.toFixed(0)}% = ${result.gap.toFixed(0)} pp`,
    explanation: { id: message, values },
    figures,
  };
}
