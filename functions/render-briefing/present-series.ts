import type { BriefingSeries } from "../core/briefing-series.ts";
import { chartWidths, drawSeries } from "./chart-drawing.ts";

/** A series as the templates see it: with its drawing, and every optional field present.
 *  @param width of the place where it is printed */
export function presentSeries(series: BriefingSeries, width: keyof typeof chartWidths) {
  return {
    ...series,
    chart: drawSeries(series, chartWidths[width]),
    target: series.target ?? null,
    hasProvisional: series.points.some((p) => p.status === "P" || p.status === "E"),
  };
}
