import type { Message } from "../local-text.ts";
import { roundingInterval } from "../observation.ts";
import { compoundTo } from "./growth.ts";
import type { Point } from "./method.ts";

interface Interval {
  readonly low: number;
  readonly high: number;
  /** How it was made. */
  readonly how: Message;
}

/** Between what values a continuation of growth can be expected, and why.
 *  From five points of one sign on: a straight line is fitted to the logarithms; the interval is the value times e^±2s', where
 *  s' = s·√(1 + 1/n + (T − mean t)²/Σ(t − mean t)²) and s is the spread of the points about the line.
 *  Else, where base or current is a rounded figure: the values that the ends of the rounding intervals give.
 *  Else the value itself: both figures were taken as exact, or the ends of their rounding (zero, the other sign) give no growth.
 *  @param value the projected value at the time `at` */
export function projectionInterval(pair: { base: Point; current: Point; points: readonly Point[] }, at: number, value: number): Interval {
  const rounded = [pair.base, pair.current].some(({ decimals }) => decimals !== undefined);
  const none = { low: value, high: value, how: { id: rounded ? "outcome.projection.open" : "outcome.projection.exact" } };
  return fromSpread(pair, at, value) ?? fromRounding(pair, at, value) ?? none;
}

function fromSpread({ base, current, points }: { base: Point; current: Point; points: readonly Point[] }, at: number, value: number) {
  const within = points.filter((p) => p.t >= base.t && p.t <= current.t && Math.sign(p.y) === Math.sign(base.y));
  const n = within.length;
  if (n < 5) return undefined;
  const logs = within.map((p) => ({ t: p.t, z: Math.log(Math.abs(p.y)) }));
  const [meanT, meanZ] = [mean(logs.map((l) => l.t)), mean(logs.map((l) => l.z))];
  const squares = sum(logs.map((l) => (l.t - meanT) ** 2));
  const slope = sum(logs.map((l) => (l.t - meanT) * (l.z - meanZ))) / squares;
  const spread = Math.sqrt(sum(logs.map((l) => (l.z - meanZ - slope * (l.t - meanT)) ** 2)) / (n - 2));
  const width = Math.exp(2 * spread * Math.sqrt(1 + 1 / n + (at - meanT) ** 2 / squares));
  return ordered(value / width, value * width, { id: "outcome.projection.spread", values: { count: n } });
}

function fromRounding({ base, current }: { base: Point; current: Point }, at: number, value: number) {
  if (base.decimals === undefined && current.decimals === undefined) return undefined;
  const [from, to] = [endsOf(base), endsOf(current)];
  // A base that may be zero or of the other sign bounds nothing: no growth leads from there, and what is no number is no interval.
  const ends = [from.low, from.high].flatMap((b) => [to.low, to.high].map((c) => compoundTo({ ...base, y: b }, { ...current, y: c }, at)));
  return ordered(Math.min(value, ...ends), Math.max(value, ...ends), { id: "outcome.projection.rounding" });
}

function endsOf({ y, decimals }: Point): { low: number; high: number } {
  return decimals === undefined ? { low: y, high: y } : roundingInterval({ value: y, decimals });
}

function ordered(a: number, b: number, how: Message): Interval | undefined {
  return Number.isFinite(a) && Number.isFinite(b) ? { low: Math.min(a, b), high: Math.max(a, b), how } : undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, v) => total + v, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
