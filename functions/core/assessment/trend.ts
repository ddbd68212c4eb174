import { cannotJudge, isOutcome } from "./cannot-judge.ts";
import { printPercent, printTime, printValue } from "./carried-digits.ts";
import { cannotGrow, readCourse, readGrowthPair } from "./course.ts";
import { annualGrowth, signOf } from "./growth.ts";
import type { Method, MethodInput } from "./method.ts";

const bands = [
  { name: "on track", limits: "growth ≥ 1.5 % · C", signal: "on track" },
  { name: "acceleration needed", limits: "0.5 % · C ≤ growth < 1.5 % · C", signal: "watch" },
  { name: "limited progress", limits: "0 ≤ growth < 0.5 % · C", signal: "watch" },
  { name: "deterioration", limits: "growth < 0", signal: "off track" },
] as const;

/** Growth without a target: compound annual growth in the good direction against fixed thresholds.
 *  Formula: g = s·d·[(y_t/y_0)^(1/(t−t_0)) − 1], d = +1 or −1 by direction, s = −1 where the values are negative.
 *  Bands: g ≥ 1.5 %·C on track; ≥ 0.5 %·C acceleration needed; ≥ 0 limited progress; below 0 deterioration.
 *  C scales the thresholds down where the base lies near a natural limit y_lim in the good direction (with |y|): 1 − (y_0/y_lim)^4.44 for
 *  y_0 ≤ y_lim; 1 − ((2·y_lim − y_0)/y_lim)^4.44 for y_lim < y_0 < 2·y_lim; else 1. A base at the limit has C = 0: who does not fall back
 *  is on track. Nothing is "achieved" here, as nothing was set as a target.
 *  Cannot judge: growth rates and ranks; less than a year between base and current; values of different sign; a base of zero without `zeroAs`.
 *  Source: Statistics Canada's progress measure as documented and computed by Open SDG (exponent 4.44: sdg-build). */
export const trend: Method = {
  id: "trend",
  formula: "g = (current.y/base.y)^(1/(current.t−base.t)) − 1, sign by direction, against 1.5 % · C and 0.5 % · C; C by base.y and limit",
  bands,
  source:
    "Open SDG, Progress Measurement Methodology (Statistics Canada), https://open-sdg.readthedocs.io/en/latest/progress-methodology/; C: https://github.com/open-sdg/sdg-build",
  judge(input) {
    const course = cannotGrow(input) ?? readCourse(input);
    if (isOutcome(course)) return course;
    const pair = readGrowthPair(course, input);
    if (isOutcome(pair)) return pair;
    const growth = annualGrowth(pair.base, pair.current);
    if (!Number.isFinite(growth)) return cannotJudge("range");
    const progress = pair.sign * signOf(input.direction) * growth + 0;
    const scale = limitScale(pair.base.y, input);
    const { name: band, signal } = bands[bandIndex(progress, scale)];
    const values = {
      base: printValue(pair.base),
      baseTime: printTime(pair.base.t),
      current: printValue(pair.current),
      currentTime: printTime(pair.current.t),
      growth: printPercent(progress, 2),
      high: (1.5 * scale).toFixed(2),
      low: (0.5 * scale).toFixed(2),
      scaled: scale < 0.995 ? "yes" : "no",
      band: band.replace(" ", "_"),
    };
    return { band, signal, ratio: progress, explanation: { id: "outcome.trend.growth", values } };
  },
};

function bandIndex(growth: number, scale: number): 0 | 1 | 2 | 3 {
  // Thresholds of half a per cent are too small for a fixed tolerance: it is a share of them.
  const reached = (threshold: number) => growth >= threshold * scale * (1 - 1e-9);
  if (growth < 0) return 3;
  return reached(0.015) ? 0 : reached(0.005) ? 1 : 2;
}

/** The factor C. Only a limit that lies ahead counts: a floor is no limit for what should rise. A limit of zero is as good as none: there
 *  is always as far to go again. */
function limitScale(base: number, { limit = 0, direction }: MethodInput): number {
  if (direction === "increase" ? base > limit : base < limit) return 1;
  // 1 at the limit; 0 at zero and at twice the limit, and beyond both. No base is zero.
  const nearness = Math.max(0, 1 - Math.abs(1 - base / limit));
  return 1 - nearness ** 4.44;
}
