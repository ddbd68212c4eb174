import type { Target } from "../commitment.ts";
import type { Locale } from "../local-text.ts";
import { isExact, type Metric } from "../metric.ts";
import { type Figure, roundingInterval } from "../observation.ts";
import { printDigits } from "../printed-amount.ts";
import type { Signal } from "./assessment.ts";
import { cannotJudge, isOutcome } from "./cannot-judge.ts";
import { printTime, printValue } from "./carried-digits.ts";
import { readCourse } from "./course.ts";
import type { Method } from "./method.ts";

/** How a published figure stands to a target. */
export type Standing = "met" | "missed" | "on the line";

/** Value against target, strict or not. A published figure stands for every value that rounds to it ("210" is 209.5 to 210.5):
 *  where only some of these meet the target, the figure cannot decide and the target is *on the line*.
 *  Ranks and counts are exact: "3" is 3.
 *  @param figure value and published digits, in the unit of the target
 *  @param exact whether the figure is a rank or a count */
export function compareWithTarget(
  figure: Pick<Figure, "value" | "decimals">,
  target: Pick<Target, "comparator" | "value">,
  exact: boolean,
): Standing {
  const { low, high } = exact ? { low: figure.value, high: figure.value } : roundingInterval(figure);
  const limit = target.value;
  switch (target.comparator) {
    case ">":
      return decide(low > limit, high <= limit);
    case ">=":
      return decide(low >= limit, high <= limit);
    case "<":
      return decide(high < limit || (!exact && high === limit), low >= limit);
    case "<=":
      return decide(high <= limit, low > limit);
    case "=":
      return low <= limit && limit <= high ? "met" : "missed";
  }
}

function decide(always: boolean, never: boolean): Standing {
  return always ? "met" : never ? "missed" : "on the line";
}

const signs: Readonly<Record<Target["comparator"], string>> = { ">": ">", ">=": "≥", "<": "<", "<=": "≤", "=": "=" };

/** Slots that show the comparison without claiming its outcome: 210, standing for 209.5 to 210.5, against `> 210`.
 *  Ranks and counts stand for themselves and have no interval. */
export function comparisonWords(figure: Figure, target: Target, metric: Metric, locale: Locale): Record<string, string> {
  const print = (value: number, decimals?: number) => printDigits({ value, decimals }, metric, locale);
  const { low, high } = roundingInterval(figure);
  return {
    published: print(figure.value, figure.decimals),
    exact: isExact(metric.shape) ? "yes" : "no",
    low: print(low, figure.decimals + 1),
    high: print(high, figure.decimals + 1),
    wanted: `${signs[target.comparator]} ${print(target.value)}`,
  };
}

const bands = [
  { name: "met", limits: "every value that rounds to current meets target", signal: "achieved" },
  { name: "on the line", limits: "some do", signal: "watch" },
  { name: "missed", limits: "none does", signal: "failed" },
] as const;

/** What the same standing means before the target's time: nothing is won or lost yet. */
const earlySignals: Readonly<Record<Standing, Signal>> = { met: "on track", "on the line": "watch", missed: "off track" };

/** Value against target, strict or not; see {@link compareWithTarget}.
 *  Formula: current.y with its rounding interval, comparator, target.y; the ratio is current.y ÷ target.y where both are of one sign.
 *  Bands: met, on the line, missed. Before the target's time the signals are on track, watch and off track.
 *  Without a comparator: at least (increase) or at most (decrease). A value without `decimals`, a rank and a count are exact.
 *  Cannot judge: no current value or no target; a comparator that points against the direction.
 *  Source: rounding interval: the usual reading of the SDMX DECIMALS attribute; the rule is this project's own. */
export const threshold: Method = {
  id: "threshold",
  formula: "current.y [±½ of its last digit] comparator target.y",
  bands,
  rounding: "own",
  source: "Rounding interval: the usual reading of the SDMX DECIMALS attribute; rule: this project's own",
  judge(input) {
    const course = readCourse(input);
    if (isOutcome(course)) return course;
    const { target, direction, shape, comparator = direction === "increase" ? ">=" : "<=" } = input;
    const { current } = course;
    if (!target) return cannotJudge("missing", { what: "target" });
    if (!current) return cannotJudge("missing", { what: "current" });
    const exact = current.decimals === undefined || isExact(shape);
    const band = compareWithTarget({ value: current.y, decimals: current.decimals ?? 0 }, { comparator, value: target.y }, exact);
    const closed = bands.find((b) => b.name === band)?.signal ?? "cannot judge";
    const ratio = current.y / target.y;
    const values = {
      current: printValue(current),
      currentTime: printTime(current.t),
      wanted: `${signs[comparator]} ${printValue(target)}`,
      band: band.replaceAll(" ", "_"),
    };
    return {
      band,
      signal: current.t < target.t ? earlySignals[band] : closed,
      ratio: Number.isFinite(ratio) && ratio >= 0 ? ratio + 0 : null,
      explanation: { id: "outcome.threshold.standing", values },
    };
  },
};
