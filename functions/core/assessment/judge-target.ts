import { parsePeriod } from "../calendar.ts";
import type { Commitment, Target } from "../commitment.ts";
import { definitionsComparable, type Metric } from "../metric.ts";
import { publishedDigits, type Vintages } from "../observation.ts";
import { dayName } from "../period-name.ts";
import type { Signal, Verdict } from "./assessment.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";
import { figureWords, targetWords } from "./message-words.ts";
import { compareWithTarget, type Standing, thresholdFormula } from "./threshold.ts";
import { type TimeProportional, timeProportional } from "./time-proportional.ts";

const closedSignals: Record<Standing, Signal> = { met: "achieved", missed: "failed", "on the line": "watch" };
const runningVerdicts: Record<Standing, Verdict> = { met: "on track", missed: "off track", "on the line": "at risk" };
const runningSignals: Record<Standing, Signal> = { met: "on track", missed: "off track", "on the line": "watch" };

/** quantified-target: the official figure of the same period and definition against the target.
 *  Once the period is over: met, missed or on the line. While it runs: on track, at risk or off track, by an estimate for the
 *  whole period where one is known, else by time-proportional progress (amounts only). No figure: no data. */
export function judgeTarget(commitment: Commitment, context: JudgeContext): Finding {
  const target = commitment.target;
  const metric = target && context.metric(target.metric);
  if (!target || !metric) {
    return { verdict: "no data", signal: "cannot judge", method: "threshold", formula: "", explanation: { id: "threshold.no-target" } };
  }
  const area = target.refArea ?? context.homeArea;
  const series = context.series(target.metric, area);
  const period = targetPeriod(target, series, context.asOf);
  const over = period === undefined || period.end <= context.asOf;
  const candidates = series.filter((v) => v.period === period?.id);
  const [figure] = withDefinition(candidates, metric, target);
  const words = { ...targetWords(target, metric, context), area: context.areaName(area) };
  if (figure) return judgeFigure(figure, target, metric, over, words, context);
  if (candidates.length > 0) {
    return {
      verdict: "definition differs",
      signal: "cannot judge",
      method: "threshold",
      formula: `value ${target.comparator} ${target.value} ${target.unit}`,
      explanation: { id: "threshold.definition-differs", values: { ...words, published: candidates[0]?.best.definition ?? "" } },
      figures: candidates,
    };
  }
  const progress = period && !over ? judgeProgress(target, metric, period, series, words, context) : undefined;
  return (
    progress ?? {
      verdict: "no data",
      signal: "cannot judge",
      method: "threshold",
      formula: `value ${target.comparator} ${target.value} ${target.unit}`,
      explanation: {
        id: over ? "threshold.no-data" : "threshold.no-data-yet",
        values: { ...words, asOf: dayName(context.asOf, context.locale) },
      },
    }
  );
}

/** The period whose figure decides: the one named; for a due date the latest one known by then while time remains, and once it
 *  is past the due period itself (an older figure cannot say how it ended); without either, the latest one known. */
function targetPeriod(target: Target, series: readonly Vintages[], asOf: string) {
  if (target.period) return parsePeriod(target.period);
  const due = target.due === undefined ? undefined : parsePeriod(target.due);
  const inTime = series.map((v) => parsePeriod(v.period)).filter((p) => p !== undefined && (!due || p.end <= due.end));
  const latest = inTime.at(-1);
  if (!due || !latest || latest.end === due.end) return latest ?? due;
  return due.end <= asOf ? due : { ...latest, end: due.end };
}

function withDefinition(candidates: readonly Vintages[], metric: Metric, target: Target): Vintages[] {
  const fits = (definition: string | undefined) => definitionsComparable(metric, definition, target.definition);
  return candidates.flatMap((v) => {
    const [best, ...others] = [v.best, ...v.others].filter((f) => fits(f.definition));
    return best ? [{ period: v.period, best, others }] : [];
  });
}

type Words = Readonly<Record<string, string | number>>;

function judgeFigure(figure: Vintages, target: Target, metric: Metric, over: boolean, words: Words, context: JudgeContext): Finding {
  const standing = compareWithTarget(figure.best, target, metric.shape === "rank" || metric.shape === "count");
  return {
    verdict: over ? standing : runningVerdicts[standing],
    signal: over ? closedSignals[standing] : runningSignals[standing],
    method: "threshold",
    formula: thresholdFormula(figure.best, target),
    explanation: { id: `threshold.${standing}`, values: { ...words, ...figureWords(figure.best, context.locale) } },
    figures: [figure],
  };
}

const progressVerdicts: Record<TimeProportional["band"], { verdict: Verdict; signal: Signal }> = {
  ahead: { verdict: "on track", signal: "ahead" },
  "on track": { verdict: "on track", signal: "on track" },
  watch: { verdict: "at risk", signal: "watch" },
  behind: { verdict: "at risk", signal: "watch" },
  "off track": { verdict: "off track", signal: "off track" },
};

function judgeProgress(
  target: Target,
  metric: Metric,
  period: { start: string; end: string },
  series: readonly Vintages[],
  words: Words,
  context: JudgeContext,
): Finding | undefined {
  const adds = (metric.shape === "level" || metric.shape === "count") && (target.comparator === ">" || target.comparator === ">=");
  const [part] = withDefinition(
    series.filter((v) => {
      const p = parsePeriod(v.period);
      return p !== undefined && p.start === period.start && p.end < period.end && p.end <= context.asOf;
    }),
    metric,
    target,
  ).slice(-1);
  if (!adds || !part) return undefined;
  const asOf = parsePeriod(part.period)?.end ?? context.asOf;
  const result = timeProportional({ actual: part.best.value, target: target.value, ...period, asOf });
  if (!result) return undefined;
  return {
    ...progressVerdicts[result.band],
    method: "time-proportional",
    formula: `${publishedDigits(part.best)} / ${target.value} − ${result.elapsed.toFixed(0)} % = ${result.gap.toFixed(0)} pp`,
    explanation: {
      id: "time-proportional.standing",
      values: { ...words, ...figureWords(part.best, context.locale), done: result.done.toFixed(0), elapsed: result.elapsed.toFixed(0) },
    },
    figures: [part],
  };
}
