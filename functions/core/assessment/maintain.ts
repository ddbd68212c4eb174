import { isExact } from "../metric.ts";
import { cannotJudge, isOutcome } from "./cannot-judge.ts";
import { printTime, printValue } from "./carried-digits.ts";
import { readCourse } from "./course.ts";
import { recentChange, signOf } from "./growth.ts";
import type { Method, MethodInput, Point } from "./method.ts";
import { compareWithTarget, type Standing } from "./threshold.ts";

const bands = [
  { name: "held", limits: "held at every time known, trend not away from the target", signal: "on track" },
  { name: "held again", limits: "held at the last time, not at every earlier one, trend not away from the target", signal: "watch" },
  { name: "slipping", limits: "held at the last time, trend away from the target", signal: "watch" },
  { name: "on the line", limits: "rounding leaves open whether the last value holds", signal: "watch" },
  { name: "recovering", limits: "not held at the last time, trend towards the target", signal: "off track" },
  { name: "broken", limits: "not held at the last time, trend not towards the target", signal: "off track" },
] as const;

/** A target that must hold every year: first the level, then the trend.
 *  Formula: level: does the last value hold (with its rounding interval)? Trend: mean annual change of the last five years,
 *  (y_last − y_first) ÷ (t_last − t_first) over the points since t_last − 5; one point has no trend. The ratio is the share of the times
 *  known at which the target held.
 *  Bands: held every time and trend not away from the target: held; held now, not always: held again; held now, trend away: slipping;
 *  rounding leaves the last value open: on the line; not held now, trend towards the target: recovering; else broken.
 *  From the base on, where one is given; the target's own time plays no part.
 *  Source: the published rule for targets to be kept every year (Destatis: sun, partly cloudy, cloud, storm); "held again" and "on the line"
 *  are this project's own. */
export const maintain: Method = {
  id: "maintain",
  formula: "each point of the series against target.y; trend = mean annual change of 5 years",
  bands,
  rounding: "own",
  source:
    "After Destatis, Indicator status – Methodology (constant target for each year), https://dns-indikatoren.de/en/status/; held again, on the line: own rule",
  judge(input) {
    const course = readCourse(input);
    if (isOutcome(course)) return course;
    const { target, base } = input;
    if (!target) return cannotJudge("missing", { what: "target" });
    const points = course.points.filter((p) => p.t >= (base?.t ?? p.t));
    const last = points.at(-1);
    if (!last) return cannotJudge("missing", { what: "series" });
    const { mean } = recentChange(points);
    if (!Number.isFinite(mean)) return cannotJudge("range");
    const standings = points.map((p) => standingOf(p, target.y, input));
    const held = standings.filter((s) => s !== "missed").length;
    const { name: band, signal } = bands[bandIndex(standings, mean * signOf(input.direction))];
    const values = {
      count: points.length,
      held,
      last: printValue(last),
      lastTime: printTime(last.t),
      target: printValue(target),
      band: band.replaceAll(" ", "_"),
    };
    return { band, signal, ratio: held / points.length, explanation: { id: "outcome.maintain.level", values } };
  },
};

/** @param change mean annual change in the good direction */
function bandIndex(standings: readonly Standing[], change: number): 0 | 1 | 2 | 3 | 4 | 5 {
  const last = standings.at(-1);
  if (last === "on the line") return 3;
  if (last === "missed") return change > 0 ? 4 : 5;
  if (change < 0) return 2;
  return standings.includes("missed") ? 1 : 0;
}

function standingOf({ y, decimals }: Point, target: number, { comparator, direction, shape }: MethodInput): Standing {
  const exact = decimals === undefined || isExact(shape);
  return compareWithTarget(
    { value: y, decimals: decimals ?? 0 },
    { comparator: comparator ?? (direction === "increase" ? ">=" : "<="), value: target },
    exact,
  );
}
