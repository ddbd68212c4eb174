import { cannotJudge, isOutcome } from "./cannot-judge.ts";
import { printDerived, printPercent, printTime, printValue } from "./carried-digits.ts";
import { reaches, readCourse } from "./course.ts";
import { atLeast, type RecentChange, recentChange, signOf, standardError } from "./growth.ts";
import type { Method, MethodInput, MethodOutcome, Point } from "./method.ts";

const bands = [
  { name: "sun", limits: "miss < 5 %; or target reached and trend not away from it", signal: "on track" },
  { name: "partly cloudy", limits: "5 % ≤ miss ≤ 20 %; or target reached and trend away from it", signal: "watch" },
  { name: "cloud", limits: "miss > 20 %, trend towards the target", signal: "off track" },
  { name: "storm", limits: "trend away from the target, or none", signal: "off track" },
] as const;

/** The status rule of the German sustainability strategy: the mean annual change of the last five years goes on to the target's time.
 *  Formula: proj = y_t + mean change · (T − t); miss = (distance left at T) ÷ |y_T − y_t|, 0 where the target is reached or surpassed.
 *  The mean is taken over the points of the last five years (six annual points), four at least; a missing year is spread over its neighbours.
 *  Bands: miss < 5 % sun; 5–20 % partly cloudy; > 20 % cloud; change away from the target, or none: storm. Where the last value already
 *  reaches the target, the published rule for targets to be kept holds: sun, or partly cloudy when the mean change points to a setback.
 *  A series of growth rates is allowed: changes are added here, nothing is compounded.
 *  Cannot judge: no target; fewer than four points in the last five years; not reached and the target's time not after the last point.
 *  Source: Destatis, German sustainable development strategy, methodology of the indicator status. */
export const weather: Method = {
  id: "weather",
  formula: "miss = |target.y − (current.y + mean annual change of 5 years · (target.t−current.t))| / |target.y − current.y|",
  bands,
  rounding: "window",
  source: "Destatis, German Sustainable Development Strategy: Indicator status – Methodology, https://dns-indikatoren.de/en/status/",
  judge(input) {
    const course = readCourse(input);
    if (isOutcome(course)) return course;
    const { target } = input;
    if (!target) return cannotJudge("missing", { what: "target" });
    const current = course.points.at(-1);
    if (!current) return cannotJudge("missing", { what: "series" });
    const recent = recentChange(course.points);
    if (recent.points.length < 4) return cannotJudge("few-points", { needed: 4, found: recent.points.length });
    if (![recent.mean, ...recent.changes].every(Number.isFinite)) return cannotJudge("range");
    if (reaches(current.y, input)) return kept(current, target, recent.mean * signOf(input.direction) < 0);
    if (target.t <= current.t) return cannotJudge("time-up", { current: printTime(current.t), target: printTime(target.t) });
    return projected(current, target, recent, input);
  },
};

function kept(current: Point, target: Point, setback: boolean): MethodOutcome {
  const { name: band, signal } = bands[setback ? 1 : 0];
  const values = {
    current: printValue(current),
    currentTime: printTime(current.t),
    target: printValue(target),
    setback: setback ? "yes" : "no",
  };
  return { band, signal, ratio: 0, explanation: { id: "outcome.weather.reached", values } };
}

function projected(current: Point, target: Point, recent: RecentChange, input: MethodInput): MethodOutcome {
  const years = target.t - current.t;
  const value = current.y + recent.mean * years;
  const spread = 2 * standardError(recent.changes) * years;
  const [low, high] = [value - spread, value + spread];
  if (![value, low, high, target.y - current.y].every(Number.isFinite)) return cannotJudge("range");
  const sign = signOf(input.direction);
  // How much of the way is left; a strict target that the value equals leaves none.
  const distance = (target.y - current.y) * sign;
  const miss = distance > 0 ? Math.max(0, 1 - (recent.mean * sign * years) / distance) : recent.mean * sign > 0 ? 0 : 1;
  if (!Number.isFinite(miss)) return cannotJudge("range");
  const { name: band, signal } = bands[bandIndex(recent.mean * sign, miss)];
  const from = recent.points;
  const values = {
    current: printValue(current),
    currentTime: printTime(current.t),
    target: printValue(target),
    targetTime: printTime(target.t),
    count: recent.points.length,
    value: printDerived(value, from),
    low: printDerived(low, from),
    high: printDerived(high, from),
    miss: printPercent(miss, 1),
    band: band.replace(" ", "_"),
  };
  const how = { id: "outcome.weather.spread", values: { count: recent.changes.length } };
  return { band, signal, ratio: miss, projection: { value, low, high, how }, explanation: { id: "outcome.weather.projected", values } };
}

function bandIndex(change: number, miss: number): 0 | 1 | 2 | 3 {
  if (change <= 0) return 3;
  if (!atLeast(miss, 0.05)) return 0;
  return atLeast(0.2, miss) ? 1 : 2;
}
