import { hasRatio } from "../metric.ts";
import { cannotJudge } from "./cannot-judge.ts";
import { printTime } from "./carried-digits.ts";
import { signOf } from "./growth.ts";
import type { MethodInput, MethodOutcome, Point } from "./method.ts";

/** The values of an input in order. */
export interface Course {
  /** Series, base and current together: ascending, each time once. */
  readonly points: readonly Point[];
  /** As given, else the first of the series. */
  readonly base: Point | undefined;
  /** As given, else the last of the series. */
  readonly current: Point | undefined;
}

/** Puts series, base and current in order.
 *  @returns `cannot judge` when one time has two values, or the target's comparator points against the direction */
export function readCourse(input: MethodInput): Course | MethodOutcome {
  if (isAgainst(input)) return cannotJudge("contradiction");
  const series = inOrder(input.series);
  const points = inOrder([...input.series, input.base, input.current].filter((p) => p !== undefined));
  const conflict = points.find((p, i) => p.t === points[i + 1]?.t);
  if (conflict) return cannotJudge("conflict", { time: printTime(conflict.t) });
  return { points, base: input.base ?? series[0], current: input.current ?? series.at(-1) };
}

/** Ascending by time; the same value twice at one time is once, as its coarsest rounding says. */
export function inOrder(points: readonly Point[]): Point[] {
  // No digits means exact, which is finer than any that can be given.
  const finenessOf = ({ decimals = 99 }: Point) => decimals;
  const sorted = points.toSorted((a, b) => a.t - b.t || a.y - b.y || finenessOf(a) - finenessOf(b));
  return sorted.filter((p, i) => {
    const before = sorted[i - 1];
    return before === undefined || p.t !== before.t || p.y !== before.y;
  });
}

function isAgainst({ comparator, direction, target }: MethodInput): boolean {
  if (!target || comparator === undefined || comparator === "=") return false;
  return comparator.startsWith(">") !== (direction === "increase");
}

/** Whether a value reaches the target in the direction wanted; a strict comparator is not reached by the target itself. */
export function reaches(y: number, { direction, comparator, target }: MethodInput): boolean {
  if (!target) return false;
  if (y === target.y) return comparator !== ">" && comparator !== "<";
  return y > target.y === (signOf(direction) === 1);
}

/** The pair of values that growth is compounded between. */
export interface GrowthPair {
  readonly base: Point;
  readonly current: Point;
  /** −1 where the values are negative: there a growing amount is a falling value. */
  readonly sign: 1 | -1;
}

/** The pair that compound growth needs: a year apart at least, of one sign, from no zero.
 *  @returns the pair with zeros replaced by `zeroAs`, or the reason why there is none */
export function readGrowthPair({ base, current }: Course, { zeroAs }: MethodInput): GrowthPair | MethodOutcome {
  if (!current) return cannotJudge("missing", { what: "current" });
  if (!base) return cannotJudge("missing", { what: "base" });
  if (base.t >= current.t) return cannotJudge("one-point", { base: printTime(base.t), current: printTime(current.t) });
  if (current.t - base.t < 1) return cannotJudge("too-close");
  const sign = (base.y || current.y) < 0 ? -1 : 1;
  const from = replaceZero(base, zeroAs, sign);
  if (from.y === 0) return cannotJudge("zero", { what: "base" });
  if (current.y !== 0 && Math.sign(current.y) !== sign) return cannotJudge("signs");
  return { base: from, current, sign };
}

/** @returns the point, or with `zeroAs` in place of a zero */
export function replaceZero(point: Point, zeroAs: number | undefined, sign: 1 | -1): Point {
  return point.y === 0 && zeroAs !== undefined ? { ...point, y: sign * zeroAs } : point;
}

/** Growth of a growth rate, and growth of a rank, mean nothing. */
export function cannotGrow({ shape }: MethodInput): MethodOutcome | undefined {
  return hasRatio(shape) ? undefined : cannotJudge("shape", { shape });
}
