import { hasRatio } from "../metric.ts";
import { cannotJudge, isOutcome } from "./cannot-judge.ts";
import { printPercent, printTime, printValue } from "./carried-digits.ts";
import { reaches, readCourse } from "./course.ts";
import type { Method, MethodOutcome, Point } from "./method.ts";

/** Progress against elapsed time, in percentage points. */
export interface TimeProportional {
  /** actual ÷ target × 100 */
  readonly done: number;
  /** elapsed days ÷ all days × 100 */
  readonly elapsed: number;
  /** done − elapsed */
  readonly gap: number;
  readonly band: "ahead" | "on track" | "watch" | "behind" | "off track";
}

/** 序时进度: actual/target − elapsed/total, in percentage points. The bands are those Chinese budget offices report by:
 *  ≥ 0 on track, −10 to 0 watch, −30 to −10 behind, below −30 off track; 10 points early counts as ahead.
 *  Holds for amounts that add up over the period (revenue, homes built), not for rates or shares.
 *  @param actual what was reached by `asOf`, in the unit of `target`
 *  @param start, end, asOf days as YYYY-MM-DD, both ends included
 *  @returns undefined when it has no answer: a target that is not above zero, or a day outside the period */
export function timeProportional(input: {
  actual: number;
  target: number;
  start: string;
  end: string;
  asOf: string;
}): TimeProportional | undefined {
  const { actual, target, start, end, asOf } = input;
  if (!(target > 0) || asOf < start || asOf > end) return undefined;
  const done = (actual / target) * 100;
  const elapsed = (daysFrom(start, asOf) / daysFrom(start, end)) * 100;
  const gap = done - elapsed;
  return { done, elapsed, gap, band: bandOf(gap) };
}

function bandOf(gap: number): TimeProportional["band"] {
  return gap >= 10 ? "ahead" : gap >= 0 ? "on track" : gap >= -10 ? "watch" : gap >= -30 ? "behind" : "off track";
}

/** Days from `start` to `end`, both included. */
function daysFrom(start: string, end: string): number {
  return (Date.parse(`${end}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / 86_400_000 + 1;
}

const bands = [
  { name: "target achieved", limits: "current reaches target", signal: "achieved" },
  { name: "ahead", limits: "gap ≥ 10 points", signal: "ahead" },
  { name: "on track", limits: "0 ≤ gap < 10 points", signal: "on track" },
  { name: "watch", limits: "−10 ≤ gap < 0 points", signal: "watch" },
  { name: "behind", limits: "−30 ≤ gap < −10 points", signal: "watch" },
  { name: "off track", limits: "gap < −30 points", signal: "off track" },
] as const;

/** 序时进度 of a way from base to target: the share of the way covered minus the share of the time gone, in percentage points.
 *  Formula: gap = 100 · [(y_t − y_0)/(y_T − y_0) − (t − t_0)/(T − t_0)]; for an amount that adds up the base is zero at the start.
 *  Bands: as {@link timeProportional}, and target achieved when the current value reaches it.
 *  A base that equals or surpasses the target, lost since: off track, without a gap (the way has no length, or points back).
 *  Cannot judge: growth rates and ranks; base, current or target missing; base not before current; the target's time not after current.
 *  Source: the time-proportional method of Chinese budget and project reporting. */
export const timeProportionalMethod: Method = {
  id: "time-proportional",
  formula: "gap = 100 · [(current.y−base.y)/(target.y−base.y) − (current.t−base.t)/(target.t−base.t)]",
  bands,
  source: "Time-proportional method of Chinese budget and project reporting (序时进度)",
  judge(input) {
    if (!hasRatio(input.shape)) return cannotJudge("shape", { shape: input.shape });
    const course = readCourse(input);
    if (isOutcome(course)) return course;
    const { base, current } = course;
    const { target } = input;
    if (!target) return cannotJudge("missing", { what: "target" });
    if (!current) return cannotJudge("missing", { what: "current" });
    const words = { current: printValue(current), currentTime: printTime(current.t), target: printValue(target) };
    if (reaches(current.y, input)) {
      return { band: "target achieved", signal: "achieved", ratio: null, explanation: { id: "outcome.target-achieved", values: words } };
    }
    if (!base) return cannotJudge("missing", { what: "base" });
    if (base.t >= current.t) return cannotJudge("one-point", { base: printTime(base.t), current: printTime(current.t) });
    if (target.t <= current.t) return cannotJudge("time-up", { current: printTime(current.t), target: printTime(target.t) });
    return onTheWay({ base, current, target }, reaches(base.y, input) || base.y === target.y);
  },
};

/** @param lost whether the base already stood where the target is: the way has no length, or points back */
function onTheWay({ base, current, target }: Record<"base" | "current" | "target", Point>, lost: boolean): MethodOutcome {
  // By halves: the difference of two huge numbers is infinite.
  const done = lost ? 0 : (current.y / 2 - base.y / 2) / (target.y / 2 - base.y / 2);
  const elapsed = (current.t - base.t) / (target.t - base.t);
  const gap = (done - elapsed) * 100;
  if (!Number.isFinite(gap)) return cannotJudge("range");
  // The rounding of the arithmetic itself must not cost a band.
  const band = lost ? "off track" : bandOf(gap + 1e-9);
  const values = {
    base: printValue(base),
    baseTime: printTime(base.t),
    current: printValue(current),
    currentTime: printTime(current.t),
    target: printValue(target),
    targetTime: printTime(target.t),
    done: lost ? "none" : printPercent(done),
    elapsed: printPercent(elapsed),
    band: band.replace(" ", "_"),
  };
  const signal = bands.find((b) => b.name === band)?.signal ?? "cannot judge";
  return { band, signal, ratio: lost ? null : gap, explanation: { id: "outcome.time-proportional.gap", values } };
}
