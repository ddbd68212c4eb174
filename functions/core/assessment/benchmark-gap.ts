import { type Figure, roundingInterval } from "../observation.ts";

/** How far the home area's figure lies behind (or before) the other's, in one period. */
export interface Gap {
  /** other − home, in the metric's unit */
  readonly difference: number;
  /** home ÷ other, dimensionless; undefined when the other is zero or the two differ in sign */
  readonly ratio: number | undefined;
  /** The ratios that rounding leaves open. */
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** @param home, other figures of the same metric, period, unit and definition (the caller has checked) */
export function gapBetween(home: Figure, other: Figure): Gap {
  const difference = other.value - home.value;
  const [h, o] = [roundingInterval(home), roundingInterval(other)];
  if (!(h.low > 0 && o.low > 0)) return { difference, ratio: undefined, low: undefined, high: undefined };
  return { difference, ratio: home.value / other.value, low: h.low / o.high, high: h.high / o.low };
}

/** Whether the home area came nearer to the other between two periods, by the ratio of the two (a difference in money grows
 *  with prices alone). Compared as distance from 1, so that an area that is ahead and falls back is "widening" only when it fell behind.
 *  @returns undefined when the rounding of the figures leaves it open, or a ratio has no meaning */
export function gapDirection(earlier: Gap, later: Gap, better: "increase" | "decrease"): "gap closing" | "gap widening" | undefined {
  if (earlier.low === undefined || earlier.high === undefined || later.low === undefined || later.high === undefined) return undefined;
  const rose = later.low > earlier.high;
  const fell = later.high < earlier.low;
  if (!rose && !fell) return undefined;
  return rose === (better === "increase") ? "gap closing" : "gap widening";
}
