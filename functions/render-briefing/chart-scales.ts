import { scaleLinear } from "d3-scale";
import type { BriefingSeries } from "../core/briefing/briefing-series.ts";
import { valuesOf } from "../core/briefing/chart-form.ts";
import { periodTime } from "../core/briefing/period-time.ts";
import { withTrueMinus } from "../core/observation.ts";
import { groupThousands } from "../core/printed-amount.ts";
import { textWidth } from "./chart-text.ts";

/** What of a series is drawn. */
export interface Drawn {
  readonly points: BriefingSeries["points"];
  readonly targets: BriefingSeries["targets"];
  readonly chart: NonNullable<BriefingSeries["chart"]>;
}

/** From periods and values to pixels. */
export interface Scales {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Half the width of a bar; of a mark where there are none. */
  readonly half: number;
  x(period: string): number;
  y(value: number): number;
  /** Where bars stand, or the foot of the plot. */
  readonly floor: number;
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
  /** The power of ten that the axis is written in; 0 for the unit itself. */
  readonly power: number;
}

/** Room for the unit and for the number over the highest point. */
const top = 34;
const bottom = 25;
/** Longer numbers on an axis are written in powers of ten. */
const longestTick = 11;

export function chartScales(drawn: Drawn, width: number, height: number): Scales {
  const vertical = valueScale(drawn, height);
  const left = Math.max(...vertical.ticks.map((t) => textWidth(t.text))) + 10;
  const times = [...new Set([...drawn.points, ...drawn.targets].map((p) => periodTime(p.period).middle))].toSorted((a, b) => a - b);
  const widest = Math.max(...drawn.points.map((p) => textWidth(p.tick)));
  const right = width - 8;
  // A last figure with others beside it needs room for their numbers too.
  const beside = drawn.points.at(-1)?.superseded.length ? 30 : 0;
  const scale = (inset: number) => scaleLinear([times[0] ?? 0, times.at(-1) ?? 1], [left + inset, right - inset - beside]);
  const plain = scale(26);
  const slot = Math.min(...times.slice(1).map((t, i) => plain(t) - plain(times[i] ?? t)));
  const half = drawn.chart.form === "bars" ? Math.min(15, Math.max(1.5, slot * 0.31)) : 4;
  const x = scale(Math.max(14, half + 6, Math.min(40, widest / 2 + 2)));
  return { ...vertical, left, right, top, bottom: height - bottom, half, x: (period) => x(periodTime(period).middle) };
}

function valueScale({ points, targets, chart }: Drawn, height: number): Pick<Scales, "y" | "floor" | "ticks" | "power"> {
  const values = [...points.flatMap(valuesOf), ...targets.map((t) => t.value)];
  const plain = axis(values, chart, height);
  const long = plain.ticks.some((t) => t.text.length > longestTick || /[eN∞I]/.test(t.text));
  if (!long) return { ...plain, power: 0 };
  const farthest = Math.max(...values.map(Math.abs));
  const power = Math.max(-290, Math.floor(Math.log10(farthest)));
  const scaled = axis(
    values.map((v) => v / 10 ** power),
    chart,
    height,
  );
  return { ...scaled, y: (value) => scaled.y(value / 10 ** power), power };
}

function axis(values: readonly number[], chart: Drawn["chart"], height: number): Pick<Scales, "y" | "floor" | "ticks"> {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const { axis: kind } = chart;
  // The number under the lowest bar stays clear of the periods.
  const range = [height - bottom - (low < 0 ? 12 : 0), top];
  if (kind === "rank") {
    const y = scaleLinear([Math.max(high, 2) + 0.5, Math.min(low, 1)], range);
    const ticks = [...new Set([1, ...y.ticks(4)])].filter(Number.isInteger);
    return { y, floor: height - bottom, ticks: ticks.map((t) => ({ y: y(t), text: withTrueMinus(String(t)) })) };
  }
  const [from, to] = kind === "cut" ? [low - (high - low) / 4, high] : [Math.min(0, low), Math.max(0, high)];
  // Nothing but zeros still needs a height, but no scale.
  const y = scaleLinear([from, from === to ? 1 : to], range).nice(4);
  const ticks = from === to ? [0] : y.ticks(4);
  const digits = Math.min(20, Math.max(0, Math.ceil(-Math.log10((ticks[1] ?? 1) - (ticks[0] ?? 0)) - 1e-9)));
  const text = (tick: number) => numberText(Math.abs(tick) < 1e21 ? tick.toFixed(digits) : String(tick), chart);
  return { y, floor: kind === "cut" ? height - bottom : y(0), ticks: ticks.map((t) => ({ y: y(t), text: text(t) })) };
}

/** A number of the drawing's own, written as the published ones are. */
export function numberText(digits: string, { grouping }: Drawn["chart"]): string {
  return withTrueMinus(grouping ? groupThousands(digits, grouping) : digits);
}
