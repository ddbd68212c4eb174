import type { BriefingSeries } from "../core/briefing/briefing-series.ts";
import { withTrueMinus } from "../core/observation.ts";
import { axisPath, breakStretches, breakWishes, gridStretches, periodWishes, valueAxisWishes } from "./chart-axes.ts";
import { type ChartLabel, type LabelWish, placeLabels } from "./chart-labels.ts";
import {
  type ChartShape,
  crossPath,
  type LostFigure,
  lineStretches,
  lostFigures,
  markBoxes,
  markShapes,
  pathOf,
  standingOf,
} from "./chart-marks.ts";
import { chartScales, type Drawn, type Scales } from "./chart-scales.ts";
import { courseStretches, courseWish, targetStretch, targetWish, visibleTargets } from "./chart-targets.ts";
import { boxOf, round } from "./chart-text.ts";

const chartNotes = ["provisional", "estimate", "superseded", "gap", "broken", "window"] as const;
type ChartNote = (typeof chartNotes)[number];

/** A series as paths and words with their places; the template only writes them down. Units: CSS pixels (1/96 inch). */
export interface ChartDrawing {
  readonly width: number;
  readonly height: number;
  /** From the back to the front. */
  readonly shapes: readonly ChartShape[];
  /** No two of them meet, and none leaves the drawing. */
  readonly labels: readonly ChartLabel[];
  /** What has to be said in words beneath, because no label says it. */
  readonly notes: readonly ChartNote[];
}

/** The text area's width, and half of it less the gap between two columns: letters come out the same size in both. */
export const chartWidths = { full: 590, half: 280 } as const;
const height = 190;
/** Of more points only the first, the last, the highest and the lowest are labelled. */
const mostLabels = 16;

/** Draws a series in time-true distances: bars or a line, the targets with their courses, and what was superseded, with a direct label on
 *  everything that has room for one. @returns null where there are no two figures to compare: never an empty chart */
export function drawSeries(series: BriefingSeries, width: number = chartWidths.full): ChartDrawing | null {
  if (!series.chart) return null;
  const points = series.points.slice(-series.chart.points);
  const drawn: Drawn = { points, targets: visibleTargets({ points, targets: series.targets }), chart: series.chart };
  const scales = chartScales(drawn, width, height);
  const { solid, dashed } = lineStretches(drawn, scales);
  const targets = drawn.targets.map((target) => {
    return { target, level: targetStretch(target, drawn, scales), course: courseStretches(target, drawn, scales) };
  });
  const lost = lostFigures(drawn, scales);
  const [grid, breaks] = [gridStretches(scales), breakStretches(drawn, scales)];
  const periods = periodWishes(drawn, scales, width, height);
  const levels = targets.map((t) => t.level);
  const courses = targets.flatMap((t) => t.course);
  const [courseName = []] = targets.map((t) => courseWish(t.target, t.course)).filter((w) => w.length > 0);
  const wishes = [
    ...valueAxisWishes(drawn, scales),
    ...periods,
    ...targets.map((t) => targetWish(t.target, drawn, t.level, levels)),
    ...valueWishes(drawn, scales),
    ...courseName,
    ...breakWishes(drawn, breaks),
    ...lost.map(lostWish),
  ];
  const crosses = lost.map(({ x, y }) => ({ x: x - 4, y: y - 4, width: 8, height: 8 }));
  const taken = [...markBoxes(drawn, scales), ...crosses];
  const lines = [...solid, ...dashed, ...levels, ...courses, ...breaks];
  const labels = placeLabels(wishes, { width, height, left: scales.left, taken, lines, faint: grid }).map(rounded);
  const shapes = [
    { name: "grid", d: pathOf(grid) },
    { name: "break", d: pathOf(breaks) },
    ...(drawn.chart.form === "bars" ? markShapes(drawn, scales) : []),
    { name: "axis", d: axisPath(drawn, scales, periods) },
    { name: "course", d: pathOf(courses) },
    { name: "line", d: pathOf(solid) },
    { name: "line gap", d: pathOf(dashed) },
    { name: "hairline", d: lost.map((l) => l.hairline).join("") },
    { name: "target", d: pathOf(levels) },
    ...(drawn.chart.form === "line" ? markShapes(drawn, scales) : []),
    { name: "cross", d: crossPath(lost) },
    {
      name: "halo",
      d: labels
        .filter((l) => l.onLine)
        .map(haloOf)
        .join(""),
    },
  ];
  return {
    width,
    height,
    shapes: shapes.filter((s) => s.d !== ""),
    labels,
    notes: notesOf(series, drawn, labels, lost, dashed.length > 0),
  };
}

/** The numbers at the points, the most telling first: the last, the first, the highest and the lowest, then the others from the latest
 *  back. The first figure of its kind that is not final also says what it is. */
function valueWishes(drawn: Drawn, scales: Scales): LabelWish[] {
  const { points, chart } = drawn;
  const byValue = points.toSorted((a, b) => a.value - b.value);
  const telling = [points.at(-1), points[0], byValue.at(-1), byValue[0]].filter((p) => p !== undefined);
  const shown = [...new Set(points.length > mostLabels ? telling : [...telling, ...points.toReversed()])];
  return shown.map((point) => {
    const number = withTrueMinus(point.text);
    const texts = standingOf(point) === "final" ? [number] : [`${number} ${point.statusName}`, number];
    const [x, y] = [scales.x(point.period), scales.y(point.value)];
    if (chart.form === "bars") return { name: "value", texts, places: placesAtBar(x, y, scales.half, point.value) };
    const places = placesAtMark(x, y, isValley(points, points.indexOf(point), scales));
    // Farther off it would be anybody's guess which mark is meant, but for these few.
    return { name: "value", texts, places: telling.includes(point) ? [...places, ...farPlaces(x, y)] : places };
  });
}

function placesAtBar(x: number, y: number, half: number, value: number): LabelWish["places"] {
  // The first places are at the bar's end; the further ones get past a target's line.
  const away = value < 0 ? [13, 26, 39] : [-5, -18, -31];
  return away.flatMap((dy): LabelWish["places"] => [
    { x, y: y + dy, anchor: "middle" },
    { x: x - half, y: y + dy, anchor: "start" },
    { x: x + half, y: y + dy, anchor: "end" },
  ]);
}

/** Over the mark; under it first, where the line goes up on both sides. */
function placesAtMark(x: number, y: number, valley: boolean): LabelWish["places"] {
  const near = (valley ? [18, -9] : [-9, 18]).map((dy) => ({ x, y: y + dy, anchor: "middle" }) as const);
  const beside = [-7, 4, 15].flatMap(
    (dy) =>
      [
        { x: x + 8, y: y + dy, anchor: "start" },
        { x: x - 8, y: y + dy, anchor: "end" },
      ] as const,
  );
  return [...near, ...beside];
}

function farPlaces(x: number, y: number): LabelWish["places"] {
  return [-22, 31].map((dy) => ({ x, y: y + dy, anchor: "middle" }));
}

function isValley(points: Drawn["points"], index: number, { y }: Scales): boolean {
  const height = (p: Drawn["points"][number] | undefined) => (p ? y(p.value) : Number.POSITIVE_INFINITY);
  const around = [height(points[index - 1]), height(points[index + 1])];
  return around.every((h) => h < height(points[index]));
}

function lostWish({ x, y, text }: LostFigure): LabelWish {
  const places = [4, 13, -5].flatMap(
    (dy) =>
      [
        { x: x + 7, y: y + dy, anchor: "start" },
        { x: x - 7, y: y + dy, anchor: "end" },
      ] as const,
  );
  return { name: "lost", texts: [withTrueMinus(text)], places };
}

function rounded(label: ChartLabel): ChartLabel {
  const place = { x: round(label.x), y: round(label.y), anchor: label.anchor };
  return { ...label, ...place, box: boxOf(label.text, place) };
}

function haloOf({ box }: ChartLabel): string {
  return `M${round(box.x)} ${round(box.y)}h${round(box.width)}v${round(box.height)}h${round(-box.width)}z`;
}

function notesOf(
  series: BriefingSeries,
  { points }: Drawn,
  labels: readonly ChartLabel[],
  lost: readonly LostFigure[],
  gap: boolean,
): ChartNote[] {
  const unsaid = (standing: "provisional" | "estimate") => {
    const own = points.filter((p) => standingOf(p) === standing);
    return own.length > 0 && !own.some((p) => labels.some((l) => l.name === "value" && l.text.endsWith(` ${p.statusName}`)));
  };
  const needed: Record<ChartNote, boolean> = {
    provisional: unsaid("provisional"),
    estimate: unsaid("estimate"),
    superseded: lost.length > 0,
    gap,
    broken: new Set(points.map((p) => p.run)).size > 1,
    window: points.length < series.points.length,
  };
  return chartNotes.filter((note) => needed[note]);
}
