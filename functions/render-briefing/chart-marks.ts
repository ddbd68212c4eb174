import type { BriefingSeries } from "../core/briefing/briefing-series.ts";
import { periodTime } from "../core/briefing/period-time.ts";
import type { Drawn, Scales } from "./chart-scales.ts";
import { type Box, round, type Stretch } from "./chart-text.ts";

type Point = BriefingSeries["points"][number];

/** One path of one style. */
export interface ChartShape {
  readonly name: string;
  readonly d: string;
}

/** Final, provisional and estimated figures look different without colour: filled, hollow, hollow in another shape. */
export type Standing = "final" | "provisional" | "estimate";

/** More points than this are a line without marks. */
const mostMarks = 40;

export function standingOf({ status }: Point): Standing {
  return status === "P" ? "provisional" : status === "E" ? "estimate" : "final";
}

/** One path for each standing that occurs. */
export function markShapes({ points, chart }: Drawn, scales: Scales): ChartShape[] {
  if (points.length > mostMarks) return [];
  const draw = chart.form === "bars" ? bar : mark;
  return (["final", "provisional", "estimate"] as const).flatMap((standing) => {
    const own = points.filter((p) => standingOf(p) === standing);
    return own.length === 0
      ? []
      : [{ name: `${chart.form === "bars" ? "bar" : "mark"} ${standing}`, d: own.map((p) => draw(p, scales)).join("") }];
  });
}

/** The ground that marks cover, which no label may. */
export function markBoxes({ points, chart }: Drawn, scales: Scales): Box[] {
  if (points.length > mostMarks) return [];
  return points.map((p) => {
    const [x, y] = [scales.x(p.period), scales.y(p.value)];
    if (chart.form === "line") return { x: x - 5, y: y - 5, width: 10, height: 10 };
    return { x: x - scales.half, y: Math.min(y, scales.floor), width: 2 * scales.half, height: Math.abs(scales.floor - y) };
  });
}

function bar({ period, value }: Point, { x, y, floor, half }: Scales): string {
  const [left, right] = [round(x(period) - half), round(x(period) + half)];
  return `M${left} ${round(floor)}V${round(y(value))}H${right}V${round(floor)}`;
}

function mark(point: Point, { x, y }: Scales): string {
  const [cx, cy] = [round(x(point.period)), round(y(point.value))];
  return standingOf(point) === "estimate"
    ? `M${cx} ${round(cy - 5)}l5 5l-5 5l-5-5z`
    : `M${round(cx - 4)} ${cy}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z`;
}

/** Joins the figures of each run; over periods without a figure dashed. What belongs to different runs is never joined. */
export function lineStretches({ points, chart }: Drawn, { x, y }: Scales): { solid: Stretch[]; dashed: Stretch[] } {
  const all = { solid: [] as Stretch[], dashed: [] as Stretch[] };
  if (chart.form === "bars") return all;
  for (const run of Map.groupBy(points, (p) => p.run).values()) {
    for (const [i, to] of run.slice(1).entries()) {
      const from = run[i] ?? to;
      const stretch: Stretch = [x(from.period), y(from.value), x(to.period), y(to.value)];
      (isGap(from.period, to.period) ? all.dashed : all.solid).push(stretch);
    }
  }
  return all;
}

function isGap(a: string, b: string): boolean {
  const [from, to] = [periodTime(a), periodTime(b)];
  return to.middle - from.middle > (to.end - to.start) * 1.5;
}

/** Stretches as one path; one that begins where the last has ended goes on. */
export function pathOf(stretches: readonly Stretch[]): string {
  const at = (s: Stretch | undefined, i: 0 | 2) => (s ? `${round(s[i])} ${round(s[i === 0 ? 1 : 3])}` : "");
  return stretches.map((s, i) => (at(stretches[i - 1], 2) === at(s, 0) ? `L${at(s, 2)}` : `M${at(s, 0)}L${at(s, 2)}`)).join("");
}

/** A figure that lost, as a cross; the hairline leads from the figure that counts. */
export interface LostFigure {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly hairline: string;
}

/** Figures for the same period that lost and say something else. Beside a bar; on a line, under or over the mark or, where it is too close, beside it. */
export function lostFigures({ points, chart }: Drawn, scales: Scales): LostFigure[] {
  if (points.length > mostMarks) return [];
  return points.flatMap((point) => {
    const seen = new Set([point.value]);
    const others = point.superseded.filter((s) => s.comparable && !seen.has(s.value) && seen.add(s.value));
    const [cx, cy] = [scales.x(point.period), scales.y(point.value)];
    return others.map((s) => {
      const y = scales.y(s.value);
      const beside = chart.form === "bars" ? scales.half + 7 : Math.abs(y - cy) < 11 ? 11 : 0;
      const start = beside === 0 ? 0 : chart.form === "bars" ? scales.half : 5;
      return { x: cx + beside, y, text: s.text, hairline: `M${round(cx + start)} ${round(cy)}H${round(cx + beside)}V${round(y)}` };
    });
  });
}

export function crossPath(lost: readonly LostFigure[]): string {
  return lost.map(({ x, y }) => `M${round(x - 3)} ${round(y - 3)}l6 6m-6 0l6-6`).join("");
}
