import { parsePeriod } from "./calendar.ts";

/** @param day YYYY-MM-DD; @param days may be negative
 *  @returns the day so many days later, YYYY-MM-DD; civil days, no time zone */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** @param day YYYY-MM-DD
 *  @returns whether it is a Monday to Friday, whatever else is on that day */
export function isWeekday(day: string): boolean {
  return new Date(Date.parse(day)).getUTCDay() % 6 !== 0;
}

/** Counts working days from the day after the month's last: of January 2018 in plain weeks the second is Friday 2 February 2018.
 *  @param month YYYY-MM
 *  @param n from 1
 *  @param isWorkingDay asked of one day after the other, YYYY-MM-DD; what it throws passes through
 *  @returns YYYY-MM-DD
 *  @throws RangeError when a year goes by without so many, which is no working calendar's year */
export function nthWorkingDay(month: string, n: number, isWorkingDay: (day: string) => boolean): string {
  const end = parsePeriod(month)?.end ?? month;
  let found = 0;
  for (let later = 1; later <= 366; later += 1) {
    const day = addDays(end, later);
    if (isWorkingDay(day)) found += 1;
    if (found === n) return day;
  }
  throw new RangeError(`the year after ${end} has only ${found} working days, not ${n}`);
}
