import { cannotJudge, isOutcome } from "./cannot-judge.ts";
import { printDerived, printPercent, printTime, printValue } from "./carried-digits.ts";
import { cannotGrow, type GrowthPair, reaches, readCourse, readGrowthPair } from "./course.ts";
import { atLeast, compoundTo } from "./growth.ts";
import type { Method, MethodOutcome, Point } from "./method.ts";
import { projectionInterval } from "./projection-interval.ts";

const bands = [
  { name: "target achieved", limits: "current reaches target", signal: "achieved" },
  { name: "on track", limits: "P ≥ 0.95", signal: "on track" },
  { name: "acceleration needed", limits: "0.10 ≤ P < 0.95", signal: "watch" },
  { name: "stagnation or regression", limits: "P < 0.10", signal: "off track" },
] as const;

/** The way that growth as so far would cover by the target's time, as a share of the whole way.
 *  Formula: P = (v_e − v_b)/(v_T − v_b); v_e = v_t · (1 + CAGR)^(T−t), CAGR from base to current.
 *  Bands: current reaches the target: target achieved; P ≥ 0.95 on track; 0.10–0.95 acceleration needed; below 0.10 stagnation or regression.
 *  The projected value comes with an interval that says how it was made (see projection-interval.ts).
 *  Cannot judge: as for cagr-ratio, but a target of zero is no obstacle: only the base is divided by.
 *  A base that equals or surpasses the target, lost since: stagnation or regression, without P (the way has no length, or points back).
 *  Source: UN Statistics Division, progress chart technical note, as set out by Eustat. */
export const projection: Method = {
  id: "projection",
  formula: "P = (v − base.y)/(target.y − base.y), v = current.y · (current.y/base.y)^((target.t−current.t)/(current.t−base.t))",
  bands,
  source:
    "UN Statistics Division, SDG Progress Chart Technical Note 2023, https://unstats.un.org/sdgs/files/report/2023/Progress_Chart_Technical_Note_2023.pdf",
  judge(input) {
    const course = cannotGrow(input) ?? readCourse(input);
    if (isOutcome(course)) return course;
    const { target } = input;
    const { current } = course;
    if (!target) return cannotJudge("missing", { what: "target" });
    if (!current) return cannotJudge("missing", { what: "current" });
    const words = { current: printValue(current), currentTime: printTime(current.t), target: printValue(target) };
    if (reaches(current.y, input))
      return { band: "target achieved", signal: "achieved", ratio: null, explanation: { id: "outcome.target-achieved", values: words } };
    if (target.t <= current.t) return cannotJudge("time-up", { current: printTime(current.t), target: printTime(target.t) });
    const pair = readGrowthPair(course, input);
    if (isOutcome(pair)) return pair;
    const lost = reaches(pair.base.y, input) || pair.base.y === target.y;
    return projected({ ...pair, points: course.points }, target, lost);
  },
};

/** @param lost whether the base already stood where the target is: the way has no length, or points back */
function projected(pair: GrowthPair & { readonly points: readonly Point[] }, target: Point, lost: boolean): MethodOutcome {
  const { base, current } = pair;
  const value = compoundTo(base, current, target.t);
  if (!Number.isFinite(value)) return cannotJudge("range");
  const share = lost ? undefined : quotient(value, base.y, target.y);
  if (share !== undefined && !Number.isFinite(share)) return cannotJudge("range");
  const interval = projectionInterval(pair, target.t, value);
  const { name: band, signal } = bands[bandIndex(share ?? 0)];
  const from = [base, current];
  const values = {
    current: printValue(current),
    currentTime: printTime(current.t),
    target: printValue(target),
    targetTime: printTime(target.t),
    value: printDerived(value, from),
    low: printDerived(interval.low, from),
    high: printDerived(interval.high, from),
    share: share === undefined ? "none" : printPercent(share),
    band: band.replaceAll(" ", "_"),
  };
  const ratio = share === undefined ? null : share + 0;
  return { band, signal, ratio, projection: { value, ...interval }, explanation: { id: "outcome.projection.way", values } };
}

function bandIndex(share: number): 1 | 2 | 3 {
  return atLeast(share, 0.95) ? 1 : atLeast(share, 0.1) ? 2 : 3;
}

/** (value − from) ÷ (to − from), by halves where a difference would leave the range of numbers. */
function quotient(value: number, from: number, to: number): number {
  return (value / 2 - from / 2) / (to / 2 - from / 2);
}
