import { cannotJudge, isOutcome } from "./cannot-judge.ts";
import { printPercent, printTime, printValue } from "./carried-digits.ts";
import { type Course, cannotGrow, type GrowthPair, reaches, readCourse, readGrowthPair, replaceZero } from "./course.ts";
import { annualGrowth, atLeast, signOf } from "./growth.ts";
import type { Method, MethodInput, MethodOutcome, Point } from "./method.ts";

const bands = [
  { name: "target achieved", limits: "current reaches target", signal: "achieved" },
  { name: "on track", limits: "R ≥ 0.95", signal: "on track" },
  { name: "acceleration needed", limits: "0.60 ≤ R < 0.95", signal: "watch" },
  { name: "limited progress", limits: "0 ≤ R < 0.60", signal: "off track" },
  { name: "deterioration", limits: "R < 0", signal: "off track" },
] as const;

/** Actual against required compound annual growth.
 *  Formula: R = s·d·[(y_t/y_0)^(1/(t−t_0)) − 1] ÷ |(y_T/y_0)^(1/(T−t_0)) − 1|, d = +1 or −1 by direction, s = −1 where all values are
 *  negative. Taking the required growth without its sign is what makes a base beyond the target come out as deterioration.
 *  Bands: current reaches the target: target achieved; R ≥ 0.95 on track; 0.60–0.95 acceleration needed; 0–0.60 limited progress;
 *  below 0 deterioration.
 *  Cannot judge: growth rates and ranks; base and current less than a year apart; the target's time not after the current one (then
 *  `threshold` decides); values of different sign; a base or target of zero unless `zeroAs` says what stands for it (Open SDG puts
 *  0.001 there, which makes the answer depend on the unit).
 *  A base that equals or surpasses the target, lost since: deterioration (R has no value where the two are equal).
 *  Source: Statistics Canada's progress measure as documented by Open SDG, after Eurostat. */
export const cagrRatio: Method = {
  id: "cagr-ratio",
  formula: "R = [(current.y/base.y)^(1/(current.t−base.t)) − 1] / |(target.y/base.y)^(1/(target.t−base.t)) − 1|, sign by direction",
  bands,
  source:
    "Open SDG, Progress Measurement Methodology (Statistics Canada, after Eurostat), https://open-sdg.readthedocs.io/en/latest/progress-methodology/",
  judge(input) {
    const course = cannotGrow(input) ?? readCourse(input);
    if (isOutcome(course)) return course;
    const { target } = input;
    if (!target) return cannotJudge("missing", { what: "target" });
    if (!course.current) return cannotJudge("missing", { what: "current" });
    if (reaches(course.current.y, input)) return achieved(course.current, target, progressOf(course, target, input));
    if (target.t <= course.current.t) {
      return cannotJudge("time-up", { current: printTime(course.current.t), target: printTime(target.t) });
    }
    const progress = progressOf(course, target, input);
    return isOutcome(progress) ? progress : toOutcome(progress);
  },
};

interface Progress {
  readonly pair: GrowthPair;
  readonly target: Point;
  /** Growth a year in the good direction, as a fraction. */
  readonly actual: number;
  /** The growth a year that the target needs, without its sign. */
  readonly required: number;
}

function progressOf(course: Course, target: Point, input: MethodInput): Progress | MethodOutcome {
  const pair = readGrowthPair(course, input);
  if (isOutcome(pair)) return pair;
  const goal = replaceZero(target, input.zeroAs, pair.sign);
  if (goal.y === 0) return cannotJudge("zero", { what: "target" });
  if (Math.sign(goal.y) !== pair.sign) return cannotJudge("signs");
  const growth = annualGrowth(pair.base, pair.current);
  const required = annualGrowth(pair.base, goal);
  return { pair, target, actual: pair.sign * signOf(input.direction) * growth, required: Math.abs(required) };
}

function ratioOf({ actual, required }: Progress): number | null {
  const ratio = actual / required;
  return Number.isFinite(ratio) ? ratio + 0 : null;
}

function achieved(current: Point, target: Point, progress: Progress | MethodOutcome): MethodOutcome {
  const values = { current: printValue(current), currentTime: printTime(current.t), target: printValue(target) };
  const ratio = isOutcome(progress) ? null : ratioOf(progress);
  return { band: "target achieved", signal: "achieved", ratio, explanation: { id: "outcome.target-achieved", values } };
}

function toOutcome(progress: Progress): MethodOutcome {
  const { pair, target, actual, required } = progress;
  // Nothing by nothing is a base that stands at a strict target and stays there, which is no progress; but infinite by infinite is anything.
  if (actual === Number.POSITIVE_INFINITY && required === Number.POSITIVE_INFINITY) return cannotJudge("range");
  const quotient = actual / required;
  const { name: band, signal } = bands[bandIndex(actual, quotient)];
  const values = {
    base: printValue(pair.base),
    baseTime: printTime(pair.base.t),
    current: printValue(pair.current),
    currentTime: printTime(pair.current.t),
    target: printValue(target),
    targetTime: printTime(target.t),
    share: Number.isFinite(quotient) ? printPercent(quotient) : "none",
    band: band.replace(" ", "_"),
  };
  return { band, signal, ratio: ratioOf(progress), explanation: { id: "outcome.cagr-ratio.pace", values } };
}

function bandIndex(actual: number, ratio: number): 1 | 2 | 3 | 4 {
  // By the sign of the growth itself: a ratio may be too small to keep it.
  if (actual < 0) return 4;
  if (atLeast(ratio, 0.95)) return 1;
  return atLeast(ratio, 0.6) ? 2 : 3;
}
