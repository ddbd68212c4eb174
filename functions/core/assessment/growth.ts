import type { MethodInput, Point } from "./method.ts";

/** Band limits are decimal fractions that binary arithmetic misses by a hair: 0.6 reached exactly must count as reached. */
const hair = 1e-9;

/** @returns whether `value` is at least `limit`, but for rounding of the arithmetic itself */
export function atLeast(value: number, limit: number): boolean {
  return value >= limit - hair;
}

/** +1 where more is better, −1 where less is. */
export function signOf(direction: MethodInput["direction"]): 1 | -1 {
  return direction === "increase" ? 1 : -1;
}

/** Compound annual growth, (to ÷ from)^(1 ÷ years) − 1, as a fraction; −1 when `to` is zero. May be infinite for values at both ends of
 *  what a number can hold.
 *  @returns NaN where it has no meaning: from zero, between values of different sign, or with no time in between */
export function annualGrowth(from: Point, to: Point): number {
  return to.t > from.t ? Math.expm1(logRatio(from.y, to.y) / (to.t - from.t)) : Number.NaN;
}

/** The value that growth at a constant rate reaches: from · (to ÷ from)^((at − from.t) ÷ (to.t − from.t)).
 *  @returns NaN as in {@link annualGrowth}; may be infinite */
export function compoundTo(from: Point, to: Point, at: number): number {
  return to.t > from.t ? to.y * Math.exp((logRatio(from.y, to.y) * (at - to.t)) / (to.t - from.t)) : Number.NaN;
}

/** ln(to ÷ from); −Infinity when `to` is zero, NaN from zero and across it. */
function logRatio(from: number, to: number): number {
  if (to !== 0 && Math.sign(to) !== Math.sign(from)) return Number.NaN;
  const ratio = to / from;
  // The quotient is exact where the values are equal; logarithms hold where it would leave the range of numbers.
  return ratio !== 0 && Number.isFinite(ratio) ? Math.log(ratio) : Math.log(Math.abs(to)) - Math.log(Math.abs(from));
}

/** How a series has moved of late. */
export interface RecentChange {
  /** Mean change a year over the window, in the values' unit: last minus first, divided by the years between. */
  readonly mean: number;
  /** Change a year between each two neighbours. */
  readonly changes: readonly number[];
  /** The points of the window. */
  readonly points: readonly Point[];
}

/** Five annual changes need six annual points: the window goes back five years from the last point.
 *  Where years are missing the change is spread over the years between, so the mean is that of the annual changes.
 *  @param series ascending by time, each time once */
export function recentChange(series: readonly Point[]): RecentChange {
  const last = series.at(-1);
  if (!last) return { mean: 0, changes: [], points: [] };
  const points = series.filter((p) => p.t >= last.t - 5 - hair);
  const first = points[0] ?? last;
  const mean = last.t > first.t ? changeBetween(first, last) : 0;
  const changes = points.slice(1).map((p, i) => changeBetween(points[i] ?? p, p));
  return { mean, changes, points };
}

function changeBetween(from: Point, to: Point): number {
  return (to.y - from.y) / (to.t - from.t);
}

/** Standard error of a mean: √(Σ(x − mean)² ÷ (n − 1)) ÷ √n; zero for fewer than two. */
export function standardError(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  const mean = values.reduce((sum, v) => sum + v / n, 0);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1) / n);
}
