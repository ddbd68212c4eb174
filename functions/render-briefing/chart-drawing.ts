import { scaleLinear } from "d3-scale";
import type { BriefingSeries } from "../core/briefing.ts";
import { parsePeriod } from "../core/calendar.ts";

/** A series as lines, marks and words with their places; the template only writes them down. Units: CSS pixels (1/96 inch). */
export interface ChartDrawing {
  readonly width: number;
  readonly height: number;
  readonly baseline: { readonly x1: number; readonly x2: number; readonly y: number };
  readonly yTicks: readonly { readonly y: number; readonly label: string }[];
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  /** Joins neighbouring periods; dashed where periods in between have no figure. */
  readonly lines: readonly { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number; readonly dash: string }[];
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly labelY: number;
    readonly label: string;
    readonly fill: string;
  }[];
  readonly crosses: readonly { readonly x: number; readonly y: number }[];
  readonly target: {
    readonly x1: number;
    readonly x2: number;
    readonly y: number;
    readonly labelX: number;
    readonly labelY: number;
    readonly label: string;
  } | null;
  /** Periods too old for the chart's window; they stand in the table. */
  readonly omitted: number;
}

const size = { width: 580, height: 190, left: 46, right: 30, top: 24, bottom: 26 };
/** Older periods would press the recent ones together. */
const windowYears = 12;

/** Places a series in time-true distances over a zero base. Published figures are filled points, provisional ones hollow. */
export function drawSeries(series: BriefingSeries): ChartDrawing {
  const all = series.points.map((p) => ({ ...p, at: middleOf(p.period) }));
  const last = Math.max(...all.map((p) => p.at));
  const recent = all.filter((p) => p.at > last - windowYears);
  const points = recent.length >= 2 ? recent : all;
  const values = points.flatMap((p) => [p.value, ...p.superseded.map((s) => s.value)]);
  const [x, y] = [xScale(points.map((p) => p.at)), yScale([...values, ...(series.target ? [series.target.value] : [])])];
  return {
    width: size.width,
    height: size.height,
    baseline: { x1: size.left, x2: size.width - size.right + 20, y: round(y(0)) },
    yTicks: y.ticks(4).map((tick) => ({ y: round(y(tick)), label: String(tick) })),
    xTicks: points.map((p) => ({ x: round(x(p.at)), label: p.period })),
    lines: points.slice(1).map((to, i) => {
      const from = points[i] ?? to;
      const gap = to.at - from.at > stepOf(to.period) * 1.5;
      return { x1: round(x(from.at)), y1: round(y(from.value)), x2: round(x(to.at)), y2: round(y(to.value)), dash: gap ? "4 3" : "none" };
    }),
    points: points.map((p) => ({
      x: round(x(p.at)),
      y: round(y(p.value)),
      labelY: round(y(p.value) - 9),
      label: p.text,
      fill: p.status === "A" || p.status === "B" ? "currentColor" : "#fff",
    })),
    crosses: points.flatMap((p) =>
      p.superseded.filter((s) => s.value !== p.value).map((s) => ({ x: round(x(p.at)), y: round(y(s.value)) })),
    ),
    target: series.target ? drawTarget(series.target, x, y) : null,
    omitted: all.length - points.length,
  };
}

type Scale = (value: number) => number;

function drawTarget(target: NonNullable<BriefingSeries["target"]>, x: Scale, y: Scale): ChartDrawing["target"] {
  const [at, height] = [x(middleOf(target.period)), y(target.value)];
  return {
    x1: round(at - 26),
    x2: round(at + 26),
    y: round(height),
    labelX: round(at + 26),
    labelY: round(height + 14),
    label: target.label,
  };
}

function xScale(at: readonly number[]) {
  const [first, last] = [Math.min(...at), Math.max(...at)];
  return scaleLinear([first, last], [size.left + 30, size.width - size.right - 20]);
}

function yScale(values: readonly number[]) {
  return scaleLinear([Math.min(0, ...values), Math.max(0, ...values)], [size.height - size.bottom, size.top]).nice(4);
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
