import { parsePeriod } from "../calendar.ts";

/** A period on a time axis, in years with fractions: months are equally long, so that the same day of two years is whole years apart. */
export interface PeriodTime {
  readonly start: number;
  readonly middle: number;
  /** When its last day is over. */
  readonly end: number;
}

/** @param id a readable period (what is not lies at the beginning of time) */
export function periodTime(id: string): PeriodTime {
  const period = parsePeriod(id);
  const start = period ? toYears(Date.parse(period.start)) : 0;
  const end = period ? toYears(Date.parse(period.end) + 86_400_000) : 0;
  return { start, middle: (start + end) / 2, end };
}

function toYears(time: number): number {
  const day = new Date(time);
  return day.getUTCFullYear() + day.getUTCMonth() / 12 + (day.getUTCDate() - 1) / 372;
}
