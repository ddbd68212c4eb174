import { parsePeriod } from "../calendar.ts";
import type { Target } from "../commitment.ts";
import { lastBefore } from "../comparable-series.ts";
import { textIn } from "../local-text.ts";
import type { Metric } from "../metric.ts";
import { type Vintages, withTrueMinus } from "../observation.ts";
import { printAmount, unitName } from "../printed-amount.ts";
import type { Finding, JudgeContext } from "./judge-context.ts";
import type { Method, MethodInput, MethodOutcome, Point } from "./method.ts";
import { weighRounding } from "./rounding-corners.ts";
import { toldOutcome } from "./told-outcome.ts";

/** What a method is applied to. */
export interface MethodCase {
  readonly metric: Metric;
  /** Comparable figures, periods ascending. */
  readonly series: readonly Vintages[];
  /** The day of the speech: the last figure from before it is the base. */
  readonly spoken: string;
  readonly target?: Target | undefined;
  readonly context: JudgeContext;
}

/** Puts a series and a target into a method and its outcome into words.
 *  @param verdict which verdict the outcome's signal means for the kind that is judged */
export function judgeByMethod(method: Method, given: MethodCase, verdict: (outcome: MethodOutcome) => Finding["verdict"]): Finding {
  const { metric, series, spoken, target, context } = given;
  const base = lastBefore(series, spoken) ?? series[0];
  const current = series.at(-1);
  const due = target && timeOf(target.due ?? target.period ?? "");
  const input: MethodInput = {
    direction: directionOf(metric, target),
    shape: metric.shape,
    series: series.map(toPoint),
    ...(base ? { base: toPoint(base) } : {}),
    ...(current ? { current: toPoint(current) } : {}),
    ...(target && due !== undefined ? { target: { t: due, y: target.value }, comparator: target.comparator } : {}),
    ...(metric.limit === undefined ? {} : { limit: metric.limit }),
    other: [],
    history: [],
    stages: [],
  };
  const { outcome, flipsSignal: onTheLine } = weighRounding(method, input);
  const figures = [...new Set([base, current].filter((v) => v !== undefined))];
  const { locale, translate } = context;
  const words = {
    metric: textIn(metric.name, locale),
    unit: unitName(metric, locale),
    limit: target ? printAmount({ value: target.value }, metric, locale) : "",
  };
  return {
    verdict: onTheLine ? "on the line" : verdict(outcome),
    signal: onTheLine ? "watch" : outcome.signal,
    method: method.id,
    formula:
      outcome.ratio === null ? "" : `${translate({ id: `method.${method.id}.formula` })} = ${withTrueMinus(outcome.ratio.toFixed(2))}`,
    explanation: {
      id: onTheLine ? "method.on-the-line" : "method.found",
      values: { ...words, sentence: translate(toldOutcome(method, input, outcome, metric, locale).explanation) },
    },
    figures,
  };
}

/** Which way is better; of a metric that has no such way, what the target wants. */
function directionOf({ direction }: Metric, target: Target | undefined): MethodInput["direction"] {
  if (direction === "none") return target?.comparator.startsWith("<") ? "decrease" : "increase";
  return direction;
}

function toPoint(v: Vintages): Point {
  return { t: timeOf(v.period) ?? 0, y: v.best.value, decimals: v.best.decimals };
}

/** A period as a number of years: the middle of it, shifted so that a whole year stands for itself (2017 is 2017, its first half 2016.75). */
function timeOf(id: string): number | undefined {
  const period = parsePeriod(id);
  if (!period) return undefined;
  const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const days = (day: string) => Number(day.slice(8, 10));
  // Every period but a single day begins and ends with a month; a day is a 31st of one.
  const single = period.frequency === "D";
  const start = months(period.start) + (single ? (days(period.start) - 1) / 31 : 0);
  const end = months(period.end) + (single ? days(period.end) / 31 : 1);
  return (start + end) / 24 - 0.5;
}
