import { periodTime } from "../core/briefing/period-time.ts";
import type { LabelWish } from "./chart-labels.ts";
import type { Drawn, Scales } from "./chart-scales.ts";
import { round, type Stretch, textWidth } from "./chart-text.ts";

/** Level lines at the ticks. */
export function gridStretches({ left, right, ticks }: Scales): Stretch[] {
  return ticks.map(({ y }) => [left, y, right, y]);
}

/** The axis, with a zigzag at its foot where it does not begin at zero, and a short stroke at every period that is named. */
export function axisPath({ chart }: Drawn, { left, right, bottom, floor }: Scales, named: readonly LabelWish[]): string {
  const zigzag = chart.axis === "cut" ? "l4-5l5 10l5-10l4 5" : "";
  const strokes = named.map((n) => `M${round(n.places[0]?.x ?? 0)} ${round(bottom)}v4`).join("");
  return `M${round(left)} ${round(floor)}${zigzag}H${round(right)}${strokes}`;
}

/** An upright line wherever neighbours belong to different runs. */
export function breakStretches({ points }: Drawn, { x, top, bottom }: Scales): Stretch[] {
  return points.slice(1).flatMap((to, i): Stretch[] => {
    const from = points[i] ?? to;
    const at = (x(from.period) + x(to.period)) / 2;
    return from.run === to.run ? [] : [[at, top - 6, at, bottom]];
  });
}

/** What the upright line means, beside each that has room for it. */
export function breakWishes({ chart }: Drawn, breaks: readonly Stretch[]): LabelWish[] {
  return breaks.map(([x, y]) => {
    const places = [4, 18, 60, 100].flatMap((dy): LabelWish["places"] => [
      { x: x + 3, y: y + dy, anchor: "start" },
      { x: x - 3, y: y + dy, anchor: "end" },
    ]);
    return { name: "lost", texts: [chart.breakLabel], places };
  });
}

/** The unit over the axis, with its power of ten where the axis is written in one; and the numbers at the ticks. */
export function valueAxisWishes({ chart }: Drawn, { left, ticks, power }: Scales): LabelWish[] {
  const unit = power === 0 ? chart.axisLabel : `${chart.axisLabel} ×10^${power}`;
  return [
    { name: "tick", texts: [unit], places: [{ x: 2, y: 12, anchor: "start" }] },
    ...ticks.map(({ y, text }): LabelWish => ({ name: "tick", texts: [text], places: [{ x: left - 5, y: y + 4, anchor: "end" }] })),
  ];
}

/** The periods under the axis: each, if all have room; of months and the like over several years, the years; else every second, third …,
 *  counted back from the last, and those of the targets. */
export function periodWishes(drawn: Drawn, scales: Scales, width: number, height: number): LabelWish[] {
  const wish = ({ x, text }: Tick): LabelWish => {
    const half = textWidth(text) / 2 + 2;
    const inside = Math.min(width - half, Math.max(half, x));
    return { name: "tick", texts: [text], places: [{ x: inside, y: height - 7, anchor: "middle" }] };
  };
  const toTick = (p: { readonly period: string; readonly tick: string }) => ({ x: scales.x(p.period), text: p.tick });
  const inOrder = (ticks: readonly Tick[]) => [...new Map(ticks.map((t) => [t.x, t])).values()].toSorted((a, b) => a.x - b.x);
  const targets = drawn.targets.map(toTick);
  const points = drawn.points.map(toTick);
  const years = yearTicks(drawn, scales);
  const thinned = (ticks: readonly Tick[]) => ticks.map((_, i) => inOrder([...every(ticks, i + 1), ...targets]));
  // With the targets' periods always; where even these have no room, thinned alone.
  const choices = [inOrder([...points, ...targets]), ...thinned(years.length > 2 ? years : points), ...ticksAlone(points)];
  return (choices.find(haveRoom) ?? []).map(wish);
}

function ticksAlone(ticks: readonly Tick[]): Tick[][] {
  return ticks.map((_, i) => every(ticks, i + 1));
}

interface Tick {
  readonly x: number;
  readonly text: string;
}

function every(ticks: readonly Tick[], step: number): Tick[] {
  return ticks.filter((_, i) => (ticks.length - 1 - i) % step === 0);
}

function haveRoom(ticks: readonly Tick[]): boolean {
  return ticks.every((t, i) => {
    const next = ticks[i + 1];
    return next === undefined || next.x - t.x > (textWidth(t.text) + textWidth(next.text)) / 2 + 8;
  });
}

/** One a year of periods shorter than years, where the year's first period is drawn. */
function yearTicks({ points }: Drawn, scales: Scales): Tick[] {
  const firsts = new Map<number, Tick>();
  for (const { period } of points) {
    const year = Math.floor(periodTime(period).start + 1e-6);
    if (!firsts.has(year)) firsts.set(year, { x: scales.x(period), text: String(year) });
  }
  return firsts.size < points.length ? [...firsts.values()] : [];
}
