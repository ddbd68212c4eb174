import { scaleLinear } from "d3-scale";
import type { BriefingSeries } from "../core/briefing-series.ts";
import { parsePeriod } from "../core/calendar.ts";
import { withTrueMinus } from "../core/observation.ts";

/** What was said the value would be: a short line at its period, with its words beside it. */
interface ChartTarget {
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  readonly labelX: number;
  readonly labelY: number;
  readonly anchor: "start" | "end";
  readonly label: string;
  readonly halo: Box;
}

/** A figure with its printed value. */
interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly labelY: number;
  readonly label: string;
  readonly fill: string;
  /** A light ground under the label, so that no line runs through it. (Outlined text would be embedded as a drawn font.) */
  readonly halo: Box;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A series as lines, marks and words with their places; the template only writes them down. Units: CSS pixels (1/96 inch). */
export interface ChartDrawing {
  readonly width: number;
  readonly height: number;
  readonly baseline: { readonly x1: number; readonly x2: number; readonly y: number };
  readonly yTicks: readonly { readonly y: number; readonly label: string }[];
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  /** Joins neighbouring periods; dashed where periods in between have no figure. */
  readonly lines: readonly { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number; readonly dash: string }[];
  readonly points: readonly ChartPoint[];
  readonly crosses: readonly { readonly x: number; readonly y: number }[];
  readonly target: ChartTarget | null;
  /** Periods too old for the chart's window; they stand in the table. */
  readonly omitted: number;
}

/** The text area's width, and half of it less the gap between two columns: letters come out the same size in both. */
export const chartWidths = { full: 590, half: 280 } as const;
const size = { height: 190, left: 46, right: 30, top: 24, bottom: 26 };
/** Older periods would press the recent ones together. */
const windowYears = 12;

/** Places a series in time-true distances over a zero base. Published figures are filled points, provisional ones hollow. */
export function drawSeries(series: BriefingSeries, width: number = chartWidths.full): ChartDrawing {
  const all = series.points.map((p) => ({ ...p, at: middleOf(p.period) }));
  const last = Math.max(...all.map((p) => p.at));
  const recent = all.filter((p) => p.at > last - windowYears);
  const points = recent.length >= 2 ? recent : all;
  const values = points.flatMap((p) => [p.value, ...p.superseded.map((s) => s.value)]);
  const [x, y] = [
    xScale(
      points.map((p) => p.at),
      width,
    ),
    yScale([...values, ...(series.target ? [series.target.value] : [])]),
  ];
  return {
    width,
    height: size.height,
    baseline: { x1: size.left, x2: width - size.right + 20, y: round(y(0)) },
    yTicks: y.ticks(4).map((tick) => ({ y: round(y(tick)), label: withTrueMinus(String(tick)) })),
    xTicks: points.map((p) => ({ x: round(x(p.at)), label: p.period })),
    lines: points.slice(1).map((to, i) => {
      const from = points[i] ?? to;
      const gap = to.at - from.at > stepOf(to.period) * 1.5;
      return { x1: round(x(from.at)), y1: round(y(from.value)), x2: round(x(to.at)), y2: round(y(to.value)), dash: gap ? "4 3" : "none" };
    }),
    points: points.map((p) => {
      const [left, label] = [round(x(p.at)), withTrueMinus(p.text)];
      const labelY = round(y(p.value) + (labelBelow(p, series.target) ? 17 : -9));
      const fill = p.status === "A" || p.status === "B" ? "currentColor" : "#fff";
      return { x: left, y: round(y(p.value)), labelY, label, fill, halo: boxAround(label, left, labelY, "middle") };
    }),
    crosses: points.flatMap((p) =>
      p.superseded.filter((s) => s.value !== p.value).map((s) => ({ x: round(x(p.at)), y: round(y(s.value)) })),
    ),
    target: series.target
      ? drawTarget(series.target, x, y, { above: points.some((p) => p.value >= 0 && labelBelow(p, series.target)), width })
      : null,
    omitted: all.length - points.length,
  };
}

/** Below the point where there is something above it: the axis, for a negative value, or the target's line. */
function labelBelow(point: { period: string; value: number }, target: BriefingSeries["target"]): boolean {
  return point.value < 0 || (target?.period === point.period && target.value > point.value);
}

type Scale = (value: number) => number;

function drawTarget(
  target: NonNullable<BriefingSeries["target"]>,
  x: Scale,
  y: Scale,
  { above, width }: { above: boolean; width: number },
): ChartTarget {
  const [at, height] = [x(middleOf(target.period)), y(target.value)];
  const [x1, x2] = [round(at - 26), round(at + 26)];
  // The words run away from the nearer edge, on the side of the line that the value's own label leaves free.
  const anchor = at < width / 2 ? "start" : "end";
  const [labelX, labelY] = [anchor === "start" ? x1 : x2, round(height + (above ? -6 : 14))];
  return { x1, x2, y: round(height), labelX, labelY, anchor, label: target.label, halo: boxAround(target.label, labelX, labelY, anchor) };
}

/** About the box of a 10-pixel label: Chinese characters are as wide as high, others a little over half. */
function boxAround(label: string, x: number, baseline: number, anchor: "start" | "middle" | "end"): Box {
  const width = Array.from(label).reduce((sum, c) => sum + (/[\u2E80-\u9FFF\uFF00-\uFFEF]/.test(c) ? 10 : 6), 2);
  const left = anchor === "start" ? x : anchor === "middle" ? x - width / 2 : x - width;
  return { x: round(left), y: round(baseline - 9), width, height: 11 };
}

function xScale(at: readonly number[], width: number) {
  const [first, last] = [Math.min(...at), Math.max(...at)];
  return scaleLinear([first, last], [size.left + 30, width - size.right - 20]);
}

function yScale(values: readonly number[]) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  // Nothing but zeros still needs a height.
  return scaleLinear([low, low === high ? 1 : high], [size.height - size.bottom, size.top]).nice(4);
}

/** The middle of a period as a year with fraction. */
function middleOf(id: string): number {
  const period = parsePeriod(id);
  if (!period) return Number.NaN;
  const year = (day: string) => Number(day.slice(0, 4)) + (Number(day.slice(5, 7)) - 1) / 12 + (Number(day.slice(8, 10)) - 1) / 372;
  return (year(period.start) + year(period.end)) / 2;
}

/** A period's length in years. */
function stepOf(id: string): number {
  const period = parsePeriod(id);
  return period ? Math.max(1 / 366, (Date.parse(period.end) - Date.parse(period.start)) / 31_557_600_000) : 1;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
