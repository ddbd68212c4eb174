import { parsePeriod, sameLength } from "./calendar.ts";
import { definitionsComparable, type Metric } from "./metric.ts";
import type { Vintages } from "./observation.ts";

/** Splits the figures of one metric and area into series that can be compared within themselves: periods of one length
 *  (a half-year is not held against a year) under one definition, without a break in between.
 *  @param vintages periods ascending, as they stay in each series
 *  @returns the longest series first; equally long ones by their last period, the later first */
export function comparableSeries(vintages: readonly Vintages[], metric: Metric): Vintages[][] {
  const series: Vintages[][] = [];
  for (const v of vintages) {
    // A break (status B: new base year, new method) begins a series of its own, to which what follows belongs.
    const fitting = v.best.status === "B" ? undefined : series.findLast(([first]) => first && comparable(first, v, metric));
    if (fitting) fitting.push(v);
    else series.push([v]);
  }
  return series.toSorted((a, b) => b.length - a.length || ((a.at(-1)?.period ?? "") < (b.at(-1)?.period ?? "") ? 1 : -1));
}

/** @returns the last day of a figure's period; an empty text, which is before every day, for none */
export function endOf(v: Vintages | undefined): string {
  return parsePeriod(v?.period ?? "")?.end ?? "";
}

/** @returns the figure of the last period that had ended by `day` */
export function lastBefore(series: readonly Vintages[], day: string): Vintages | undefined {
  return series.findLast((v) => endOf(v) <= day);
}

function comparable(a: Vintages, b: Vintages, metric: Metric): boolean {
  return sameLength(a.period, b.period) && definitionsComparable(metric, a.best.definition, b.best.definition);
}
