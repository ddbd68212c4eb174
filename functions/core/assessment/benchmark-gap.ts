import { hasRatio } from "../metric.ts";
import { type Figure, roundingInterval } from "../observation.ts";
import { cannotJudge } from "./cannot-judge.ts";
import { printDerived, printTime, printValue } from "./carried-digits.ts";
import { inOrder } from "./course.ts";
import type { Method, Point } from "./method.ts";

/** How far the home area's figure lies behind (or before) the other's, in one period. */
export interface Gap {
  /** other − home, in the metric's unit */
  readonly difference: number;
  /** home ÷ other, dimensionless; undefined when rounding leaves open whether both are above zero */
  readonly ratio: number | undefined;
  /** The ratios that rounding leaves open; there where the ratio is. */
  readonly open: { readonly low: number; readonly high: number } | undefined;
}

/** @param home, other figures of the same metric, period, unit and definition (the caller has checked) */
export function gapBetween(home: Figure, other: Figure): Gap {
  return gapOf({ value: home.value, ...roundingInterval(home) }, { value: other.value, ...roundingInterval(other) });
}

/** A value with the ends of its rounding interval. */
interface Ends {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function gapOf(home: Ends, other: Ends): Gap {
  const difference = other.value - home.value;
  if (!(home.low > 0 && other.low > 0)) return { difference, ratio: undefined, open: undefined };
  return { difference, ratio: home.value / other.value, open: { low: home.low / other.high, high: home.high / other.low } };
}

/** Whether the home area came nearer to the other between two periods, by the ratio of the two (a difference in money grows
 *  with prices alone). Compared as distance from 1, so that an area that is ahead and falls back is "widening" only when it fell behind.
 *  @returns undefined when the rounding of the figures leaves it open, or a ratio has no meaning */
export function gapDirection(earlier: Gap, later: Gap, better: "increase" | "decrease"): "gap closing" | "gap widening" | undefined {
  if (!earlier.open || !later.open) return undefined;
  const rose = later.open.low > earlier.open.high;
  const fell = later.open.high < earlier.open.low;
  if (!rose && !fell) return undefined;
  return rose === (better === "increase") ? "gap closing" : "gap widening";
}

const bands = [
  { name: "gap closing", limits: "the ratio moved the good way between the first and the last common time", signal: "on track" },
  { name: "within rounding", limits: "rounding of the figures leaves it open, or no change", signal: "cannot judge" },
  { name: "gap widening", limits: "the ratio moved the wrong way", signal: "watch" },
] as const;

/** Gap to a benchmark: home ÷ other at the first and the last time that both have a value, each with its rounding interval.
 *  Formula: ratio = home.y ÷ other.y; closing when it rises (increase) or falls (decrease) by more than rounding can explain.
 *  Bands: gap closing, within rounding, gap widening; the ratio given is that of the last common time.
 *  Cannot judge: growth rates and ranks (a ratio of them means nothing); fewer than two common times; a value that is not above zero.
 *  Source: this project's own. */
export const benchmarkGap: Method = {
  id: "benchmark-gap",
  formula: "series.y / other.y at the first and the last time common to both",
  bands,
  rounding: "own",
  source: "This project's own: a difference in money grows with prices alone, a ratio does not",
  judge({ series, current, other, direction, shape }) {
    if (!hasRatio(shape)) return cannotJudge("shape", { shape });
    const [ours, theirs] = [inOrder(current ? [...series, current] : series), inOrder(other)];
    if (theirs.length === 0) return cannotJudge("missing", { what: "place" });
    const twice = [ours, theirs].flatMap((s) => s.filter((p, i) => p.t === s[i + 1]?.t))[0];
    if (twice) return cannotJudge("conflict", { time: printTime(twice.t) });
    const common = ours.flatMap((home) => theirs.filter((o) => o.t === home.t).map((o) => ({ home, other: o })));
    const [first, ...later] = common;
    const last = later.at(-1);
    if (!first || !last) return cannotJudge("no-common-time", { found: common.length });
    const then = gapOf(endsOf(first.home), endsOf(first.other));
    const now = gapOf(endsOf(last.home), endsOf(last.other));
    if (!isUsable(then) || !isUsable(now)) return cannotJudge("no-ratio");
    const { name: band, signal } = bands.find((b) => b.name === (gapDirection(then, now, direction) ?? "within rounding")) ?? bands[1];
    const values = {
      fromTime: printTime(first.home.t),
      time: printTime(last.home.t),
      home: printValue(last.home),
      other: printValue(last.other),
      fromRatio: printDerived(then.ratio, [first.home, first.other]),
      ratio: printDerived(now.ratio, [last.home, last.other]),
      band: band.replace(" ", "_"),
    };
    return { band, signal, ratio: now.ratio, explanation: { id: "outcome.benchmark-gap.ratio", values } };
  },
};

function endsOf({ y, decimals }: Point): Ends {
  return decimals === undefined ? { value: y, low: y, high: y } : { value: y, ...roundingInterval({ value: y, decimals }) };
}

/** Whether there is a ratio and none of the possible ones leaves the range of numbers. */
function isUsable(gap: Gap): gap is Gap & { readonly ratio: number } {
  return Number.isFinite(gap.open?.high);
}
