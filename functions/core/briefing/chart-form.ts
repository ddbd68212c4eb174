import type { Metric } from "../metric.ts";
import type { BriefingSeries } from "./briefing-series.ts";
import { periodTime } from "./period-time.ts";

type Chart = NonNullable<BriefingSeries["chart"]>;
type Drawn = Pick<BriefingSeries, "points" | "targets">;

/** Older periods would press the recent ones together. */
const windowYears = 12;
const mostBars = 12;
/** Of the plot's height: less than this would look like no change at all. */
const visibleShare = 0.1;

/** How many of the latest points are drawn: those of the last twelve years, or all where these hold no two of one run. */
export function drawnPoints(points: BriefingSeries["points"]): number {
  const last = periodTime(points.at(-1)?.period ?? "").middle;
  const recent = points.filter((p) => periodTime(p.period).middle > last - windowYears + 1e-6);
  const runs = new Set(recent.map((p) => p.run));
  return runs.size < recent.length ? recent.length : points.length;
}

/** Bars for amounts and rates, each of which belongs to its own period, as long as they are few: the eye measures a bar from zero, and a
 *  period without a figure is a gap and not a guess. A line for what lasts and moves against a limit (shares, ranks), for many periods,
 *  and where the required course to a target is drawn, which can only be held against a course. */
export function chartForm(shape: Metric["shape"], drawn: Drawn): Chart["form"] {
  const lasting = shape === "share" || shape === "rank";
  return lasting || drawn.points.length > mostBars || drawn.targets.some((t) => t.course) ? "line" : "bars";
}

/** Bars stand on zero, without exception. A line does too, unless it would come out flat: where everything drawn lies within a tenth of its
 *  distance from zero the axis is cut, which the axis label and the alternative text say and a zigzag at its foot shows. A cut axis
 *  makes small changes look large, so it is the exception and never silent. Ranks have no zero: the first is at the top. */
export function chartAxis(shape: Metric["shape"], form: Chart["form"], drawn: Drawn): Chart["axis"] {
  if (form === "bars") return "zero";
  if (shape === "rank") return "rank";
  const values = [...drawn.points.flatMap(valuesOf), ...drawn.targets.map((t) => t.value)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const farthest = Math.max(Math.abs(low), Math.abs(high));
  const flat = low * high > 0 && high > low && high - low < farthest * visibleShare;
  return flat ? "cut" : "zero";
}

/** The values that a point puts into a chart: its own and the comparable ones that lost to it. */
export function valuesOf(point: BriefingSeries["points"][number]): number[] {
  return [point.value, ...point.superseded.filter((s) => s.comparable).map((s) => s.value)];
}
