import type { BriefingSeries } from "../core/briefing/briefing-series.ts";
import { chartWidths, drawSeries } from "./chart-drawing.ts";

/** Further rows stand in the attached data file only. */
const mostRows = 24;

/** A series as the templates see it: with its drawing and the rows of its table, and every optional field present.
 *  @param width of the place where it is printed */
export function presentSeries(series: BriefingSeries, width: keyof typeof chartWidths) {
  const chart = drawSeries(series, chartWidths[width]);
  const all = series.points.flatMap(rowsOf);
  const first = firstRow(all);
  const rows = all.slice(first, first + mostRows);
  const form = series.chart?.form ?? "none";
  const counted = [
    { id: "series.rows-left", form, count: all.length - rows.length },
    { id: "series.other-lengths", form, count: series.leftOut },
  ];
  return {
    ...series,
    staleMark: series.staleMark ?? null,
    chart,
    rows,
    /** One figure is said in a sentence with its source and needs no table. */
    only: rows.length === 1 ? (rows[0] ?? null) : null,
    notes: [...(chart?.notes ?? []).map((n) => ({ id: `chart.${n}`, form, count: 1 })), ...counted.filter((n) => n.count > 0)],
  };
}

/** A period's own figure, then those that lost to it. */
function rowsOf(point: BriefingSeries["points"][number]) {
  return [point, ...point.superseded].map((f, i) => ({
    period: i === 0 ? point.periodName : null,
    text: f.text,
    statusName: f.statusName,
    definition: f.definition ?? null,
    knownSince: f.knownSince,
    source: f.source,
  }));
}

/** Where the table begins, so that it ends with the last row and starts with a period; with the last period where that alone is too long. */
function firstRow(rows: readonly { readonly period: string | null }[]): number {
  const begins = rows.map((_, i) => i).filter((i) => rows[i]?.period !== null);
  return begins.find((i) => rows.length - i <= mostRows) ?? begins.at(-1) ?? 0;
}
