import type { BriefingSeries } from "../../functions/core/briefing/briefing-series.ts";

type Point = BriefingSeries["points"][number];

/** A final figure of one run, written as it is. */
export function aPoint(period: string, value: number, parts: Partial<Point> = {}): Point {
  const words = { periodName: period, tick: period, statusName: "estimate", knownSince: "", source: 1 };
  return { period, value, text: String(value), status: "A", run: 0, superseded: [], ...words, ...parts };
}

/** A figure that lost to another of its period. */
export function aLostFigure(value: number, comparable = true): Point["superseded"][number] {
  return { value, text: String(value), status: "P", statusName: "", knownSince: "", source: 1, comparable };
}

export function aTarget(
  period: string,
  value: number,
  parts: Partial<BriefingSeries["targets"][number]> = {},
): BriefingSeries["targets"][number] {
  return { period, periodName: period, tick: period, value, label: `said: ${value}`, ...parts };
}

/** A series of these points, all drawn, on a zero base. */
export function aSeries(points: Point[], parts: Partial<BriefingSeries> & { readonly form?: "bars" | "line" } = {}): BriefingSeries {
  const { form = "line", ...given } = parts;
  const words = { metric: "output", name: "Output", area: "Testtown", unit: "t", definition: "", finding: "" };
  const chart = { form, axis: "zero", axisLabel: "t", breakLabel: "not comparable", points: points.length } as const;
  return { ...words, stale: false, points, targets: [], chart, leftOut: 0, ...given };
}
