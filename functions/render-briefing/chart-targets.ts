import type { BriefingSeries } from "../core/briefing/briefing-series.ts";
import { periodTime } from "../core/briefing/period-time.ts";
import type { LabelWish } from "./chart-labels.ts";
import { type Drawn, numberText, type Scales } from "./chart-scales.ts";
import type { Place, Stretch } from "./chart-text.ts";

type Target = BriefingSeries["targets"][number];

/** A course of equal growth is a curve, drawn in so many straight pieces. */
const pieces = 12;

/** What was said the value would be: a level line from the figure of that day (from the left edge, where that figure is not drawn) to the
 *  target's period and no further, for it says nothing of later ones. Without such a figure, across its own period. */
export function targetStretch({ base, period, value }: Target, { points, chart }: Drawn, { x, y, left, half }: Scales): Stretch {
  const [to, height] = [x(period) + half + 5, y(value)];
  if (!base) return [x(period) - half - 5, height, to, height];
  const drawn = points.some((p) => p.period === base.period);
  return [drawn ? x(base.period) + (chart.form === "bars" ? half + 3 : 0) : left, height, to, height];
}

/** The required course from the base to the target; empty where none is asked for or its base is not drawn. */
export function courseStretches(target: Target, { points }: Drawn, { x, y }: Scales): Stretch[] {
  const { base, course, period, value } = target;
  if (!base || !course || !points.some((p) => p.period === base.period)) return [];
  const [from, to] = [x(base.period), x(period)];
  const at = (share: number) => {
    const height = course.steps === "growing" ? base.value * (value / base.value) ** share : base.value + (value - base.value) * share;
    return [from + (to - from) * share, y(height)] as const;
  };
  const count = course.steps === "growing" ? pieces : 1;
  return Array.from({ length: count }, (_, i) => [...at(i / count), ...at((i + 1) / count)] as const);
}

/** What was said, along its line: over it or under it, at either end, in the middle, and nearer to it than to any other target's line.
 *  The number alone where the words have no room. */
export function targetWish({ label, value }: Target, { chart }: Drawn, [x1, y, x2]: Stretch, levels: readonly Stretch[]): LabelWish {
  const anchors = [
    { x: x1 + 2, anchor: "start" },
    { x: x2, anchor: "end" },
    { x: (x1 + x2) / 2, anchor: "middle" },
    { x: x2 + 4, anchor: "start" },
    { x: x1 - 4, anchor: "end" },
  ] as const;
  const places = [-5, 13, 4, -18, 26, -31].flatMap((dy) => anchors.map((a): Place => ({ ...a, y: y + dy })));
  // The middle of the letters is four pixels over their baseline.
  const away = (place: Place, level: number) => Math.abs(place.y - 4 - level);
  const own = places.filter((place) => levels.every(([, level]) => away(place, level) >= away(place, y)));
  return { name: "target-label", texts: [label, numberText(String(value), chart)], places: own };
}

/** The course's name, once, near its middle on whichever side is free. */
export function courseWish(target: Target, stretches: readonly Stretch[]): LabelWish[] {
  if (!target.course || stretches.length === 0) return [];
  const places = [0.5, 0.35, 0.65, 0.2, 0.8].flatMap((share): Place[] => {
    const [x, y] = pointAt(stretches, share);
    return [-6, 15, -18, 27].flatMap((dy): Place[] => [
      { x, y: y + dy, anchor: dy < 0 ? "end" : "start" },
      { x, y: y + dy, anchor: dy < 0 ? "start" : "end" },
    ]);
  });
  return [{ name: "course-label", texts: [target.course.label], places }];
}

function pointAt(stretches: readonly Stretch[], share: number): [number, number] {
  const index = Math.min(stretches.length - 1, Math.floor(share * stretches.length));
  const [x1, y1, x2, y2] = stretches[index] ?? [0, 0, 0, 0];
  const rest = share * stretches.length - index;
  return [x1 + (x2 - x1) * rest, y1 + (y2 - y1) * rest];
}

/** The targets whose period is not older than what is drawn. */
export function visibleTargets({ points, targets }: Pick<BriefingSeries, "points" | "targets">): Target[] {
  const first = periodTime(points[0]?.period ?? "").middle;
  return targets.filter((t) => periodTime(t.period).middle >= first);
}
