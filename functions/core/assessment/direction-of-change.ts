import type { Metric } from "../metric.ts";
import { type Figure, roundingInterval } from "../observation.ts";

export type Direction = "improving" | "flat" | "worsening";

/** Which way a metric went between two periods. A change that rounding alone could have made (the rounding intervals
 *  of the two figures overlap) is flat.
 *  @returns undefined for a metric of which neither way is better */
export function directionBetween(earlier: Figure, later: Figure, better: Metric["direction"]): Direction | undefined {
  if (better === "none") return undefined;
  const [from, to] = [roundingInterval(earlier), roundingInterval(later)];
  if (from.low < to.high && to.low < from.high) return "flat";
  return later.value > earlier.value === (better === "increase") ? "improving" : "worsening";
}
