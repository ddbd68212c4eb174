import { compareDates, parsePeriod, sameLength } from "./calendar.ts";
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

/** Of several comparable series with a change to be seen the one that reaches furthest: what stood before a break is no course any more.
 *  @param vintages periods ascending
 *  @returns a single figure where no two can be compared, nothing where there is none */
export function furthestSeries(vintages: readonly Vintages[], metric: Metric): readonly Vintages[] {
  const all = comparableSeries(vintages, metric);
  const courses = all.filter((series) => series.length > 1);
  const byEnd = (a: readonly Vintages[], b: readonly Vintages[]) => compareDates(endOf(b.at(-1)), endOf(a.at(-1)));
  return (courses.length > 0 ? courses : all).toSorted(byEnd)[0] ?? [];
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
