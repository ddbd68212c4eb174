import { compareDates, parsePeriod } from "../calendar.ts";
import type { Metric } from "../metric.ts";
import { addDays } from "../working-days.ts";

const monthsOf = { A: 12, S: 6, Q: 3, M: 1 } as const;

/** Whether a figure is too old to pass for the present state: two whole periods of the metric's frequency have ended since its own
 *  period did, and each of them would have had a figure. A yearly figure for 2017 is stale from 2020-01-01, one for August 2017 of a
 *  yearly metric too (2018 and 2019 are the whole years after it). Where figures come irregularly: two years after the period's end.
 *  @param period of the newest figure; one that cannot be read is never stale
 *  @param asOf YYYY-MM-DD */
export function isStale(period: string, frequency: Metric["frequency"], asOf: string): boolean {
  const end = parsePeriod(period)?.end;
  return end !== undefined && compareDates(asOf, staleFrom(addDays(end, 1), frequency)) >= 0;
}

/** @param next the first day after the figure's period */
function staleFrom(next: string, frequency: Metric["frequency"]): string {
  if (frequency === "D") return addDays(next, 2);
  // A 29 February two years on is no day, but as text it still lies between its neighbours.
  if (frequency === "irregular") return `${Number(next.slice(0, 4)) + 2}${next.slice(4)}`;
  const months = monthsOf[frequency];
  const begun = next.endsWith("-01") ? 0 : 1;
  const month = Number(next.slice(0, 4)) * 12 + Number(next.slice(5, 7)) - 1 + begun;
  const end = (Math.ceil(month / months) + 2) * months;
  return `${Math.floor(end / 12)}-${String((end % 12) + 1).padStart(2, "0")}-01`;
}
