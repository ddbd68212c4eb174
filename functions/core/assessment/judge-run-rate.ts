import { compareDates, type Period, parsePeriod } from "../calendar.ts";
import type { Target } from "../commitment.ts";
import { endOf } from "../comparable-series.ts";
import { textIn } from "../local-text.ts";
import { isExact, type Metric } from "../metric.ts";
import type { Vintages } from "../observation.ts";
import { printAmount, printDigits, printPoints, unitName } from "../printed-amount.ts";
import { addDays } from "../working-days.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";
import { type MethodInput, type MethodOutcome, methodInputSchema } from "./method.ts";
import { weighRounding } from "./rounding-corners.ts";
import { runRate } from "./run-rate.ts";
import { toldOutcome } from "./told-outcome.ts";

/** A target whose period runs, and whose metric adds up over it. */
export interface RunningTotal {
  readonly target: Target;
  readonly metric: Metric;
  /** The period that the target is for. */
  readonly period: Period;
  /** Figures under the target's definition: months, quarters, totals to date, whole years. */
  readonly series: readonly Vintages[];
  readonly context: JudgeContext;
}

/** The total to date against the share of the whole that was usual by this date in up to five earlier years, none of them from before a
 *  break in the series. Figures are put end to end, the longest that fits first: two quarters and a month, or a total to date.
 *  @param verdict which verdict the outcome's signal means
 *  @returns undefined when no figure of the period is known */
export function judgeRunRate(running: RunningTotal, verdict: (outcome: MethodOutcome) => Finding["verdict"]): Finding | undefined {
  const { target, metric, period, context } = running;
  const series = sinceBreak(running.series);
  const now = endToEnd(series, period.start, context.asOf);
  const last = now.at(-1);
  if (!last) return undefined;
  const years = [1, 2, 3, 4, 5].flatMap((back) => earlierYear(series, period, last, back));
  const toDate = sumOf(now);
  const input: MethodInput = {
    // What the method does not read is empty.
    ...methodInputSchema.parse({}),
    // What is wanted says which way is better: revenue may have a ceiling.
    direction: target.comparator.startsWith("<") ? "decrease" : "increase",
    comparator: target.comparator,
    shape: metric.shape,
    target: { t: yearOf(period), y: target.value },
    toDate,
    history: years.map(({ t, parts, whole }) => ({ t, toDate: sumOf(parts), total: sumOf(whole) })),
  };
  const half = isExact(metric.shape) ? 0 : now.reduce((sum, v) => sum + 0.5 * 10 ** -v.best.decimals, 0);
  // Nothing yet may be rounded up from less than half of the last digit, not from less than nothing.
  const corners = [Math.max(0, toDate - half), toDate + half].map((end) => ({ ...input, toDate: end }));
  const { outcome, flipsSignal } = weighRounding(runRate, input, corners);
  const { locale } = context;
  const words = {
    metric: textIn(metric.name, locale),
    limit: printAmount({ value: target.value }, metric, locale),
    unit: unitName(metric, locale),
  };
  return {
    verdict: flipsSignal ? "on the line" : verdict(outcome),
    signal: flipsSignal ? "watch" : outcome.signal,
    method: runRate.id,
    formula: formulaOf(toDate, now, running, outcome),
    explanation: {
      id: flipsSignal ? "method.on-the-line" : "method.found",
      values: { ...words, sentence: context.translate(toldOutcome(runRate, input, outcome, metric, locale).explanation) },
    },
    figures: [...new Set([...now, ...years.flatMap(({ parts, whole }) => [...parts, ...whole])])],
  };
}

function formulaOf(toDate: number, parts: readonly Vintages[], running: RunningTotal, { ratio, explanation }: MethodOutcome): string {
  if (ratio === null) return "";
  const { target, metric, context } = running;
  const print = (value: number, decimals?: number) => printDigits({ value, decimals }, metric, context.locale);
  const done = print(toDate, Math.max(0, ...parts.map((v) => v.best.decimals)));
  const points = printPoints({ value: ratio, decimals: 1 }, context.translate);
  return `${done} / ${print(target.value)} − ${explanation.values?.["expected"]}% = ${points}`;
}

/** The same stretch of an earlier year, and the whole of that year's period; nothing where either is not known to its end. */
function earlierYear(series: readonly Vintages[], period: Period, last: Vintages, back: number) {
  const [whole, stretch] = [period.id, last.period].map((id) => parsePeriod(yearsBefore(id, back)));
  // A leap day has no counterpart in most years.
  if (!whole || !stretch) return [];
  const [parts, all] = [endToEnd(series, whole.start, stretch.end), endToEnd(series, whole.start, whole.end)];
  if (endOf(parts.at(-1)) !== stretch.end || endOf(all.at(-1)) !== whole.end) return [];
  return [{ t: yearOf(whole), parts, whole: all }];
}

/** Figures that follow each other without gap or overlap from a day on, as far as they reach up to another. */
function endToEnd(series: readonly Vintages[], from: string, to: string): Vintages[] {
  const [next] = series.filter((v) => startOf(v) === from && endOf(v) <= to).toSorted((a, b) => compareDates(endOf(b), endOf(a)));
  return next ? [next, ...endToEnd(series, addDays(endOf(next), 1), to)] : [];
}

/** The figures from the last break on, which begins a series of its own. */
function sinceBreak(series: readonly Vintages[]): readonly Vintages[] {
  const breaks = series.filter((v) => v.best.status === "B").map(startOf);
  return series.filter((v) => breaks.every((day) => startOf(v) >= day));
}

function startOf(v: Vintages): string {
  return parsePeriod(v.period)?.start ?? "";
}

function sumOf(figures: readonly Vintages[]): number {
  return figures.reduce((sum, v) => sum + v.best.value, 0);
}

/** The id of the same period in an earlier year: 2018-03 is 2017-03 a year before. */
function yearsBefore(id: string, years: number): string {
  return `${Number(id.slice(0, 4)) - years}${id.slice(4)}`;
}

function yearOf({ start }: Period): number {
  return Number(start.slice(0, 4));
}
