import { z } from "zod";

/** A civil date without time or zone, `YYYY-MM-DD`, that exists in the Gregorian calendar. */
export const isoDateSchema = z.string().refine(isRealDate, "write a date that exists as YYYY-MM-DD");

/** `A` year, `S` half-year, `Q` quarter, `M` month, `D` day, `R` a range of days (SDMX time range). */
type Frequency = "A" | "S" | "Q" | "M" | "D" | "R";

/** A span of whole days, both ends included. */
export interface Period {
  readonly id: string;
  readonly frequency: Frequency;
  readonly start: string;
  readonly end: string;
}

/** @returns whether `text` is `YYYY-MM-DD` and that day exists (2018-02-30 does not). */
export function isRealDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [, year, month, day] = match.map(Number);
  if (month === undefined || day === undefined || year === undefined || month < 1 || month > 12) return false;
  return day >= 1 && day <= daysInMonth(year, month);
}

/** Reads an SDMX time period: `2017`, `2021-S1`, `2023-Q1`, `2021-08`, `2020-07-01` or a range `2012-01-01/P5Y` (also `P8M`).
 *  @returns undefined when the text is none of these or names a date that does not exist. */
export function parsePeriod(id: string): Period | undefined {
  const year = /^(\d{4})$/.exec(id);
  if (year) return span(id, "A", Number(year[1]), 1, 12);
  const part = /^(\d{4})-([SQ])([1-4])$/.exec(id);
  if (part) return subannual(id, Number(part[1]), part[2] === "S" ? "S" : "Q", Number(part[3]));
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(id);
  if (month) return span(id, "M", Number(month[1]), Number(month[2]), 1);
  if (isRealDate(id)) return { id, frequency: "D", start: id, end: id };
  const range = /^(\d{4}-\d{2}-01)\/P(\d{1,3})([YM])$/.exec(id);
  if (!range?.[1] || !isRealDate(range[1]) || Number(range[2]) === 0) return undefined;
  const months = Number(range[2]) * (range[3] === "Y" ? 12 : 1);
  return span(id, "R", Number(range[1].slice(0, 4)), Number(range[1].slice(5, 7)), months);
}

/** @returns whether two periods are equally long: years with years, half-years with half-years, ranges of ten months with such ranges. */
export function sameLength(a: string, b: string): boolean {
  const [left, right] = [parsePeriod(a), parsePeriod(b)];
  if (!left || !right || left.frequency !== right.frequency) return false;
  return left.frequency !== "R" || a.split("/")[1] === b.split("/")[1];
}

function subannual(id: string, year: number, frequency: "S" | "Q", part: number): Period | undefined {
  const months = frequency === "S" ? 6 : 3;
  return part * months > 12 ? undefined : span(id, frequency, year, (part - 1) * months + 1, months);
}

function span(id: string, frequency: Frequency, year: number, month: number, months: number): Period {
  const last = year * 12 + (month - 1) + months - 1;
  const [endYear, endMonth] = [Math.floor(last / 12), (last % 12) + 1];
  return {
    id,
    frequency,
    start: `${year}-${pad(month)}-01`,
    end: `${endYear}-${pad(endMonth)}-${pad(daysInMonth(endYear, endMonth))}`,
  };
}

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

function pad(part: number): string {
  return String(part).padStart(2, "0");
}

/** A time period in SDMX form; see {@link parsePeriod}. */
export const periodSchema = z
  .string()
  .refine((id) => parsePeriod(id) !== undefined, "write a period as 2017, 2021-S1, 2023-Q1, 2021-08, 2020-07-01 or 2012-01-01/P5Y");

/** @param month YYYY-MM
 *  @returns the month before, YYYY-MM */
export function monthBefore(month: string): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 2;
  return `${Math.floor(index / 12)}-${pad((index % 12) + 1)}`;
}

/** @param month YYYY-MM
 *  @returns the last day of the month before, YYYY-MM-DD */
export function endOfPreviousMonth(month: string): string {
  const before = monthBefore(month);
  return `${before}-${pad(daysInMonth(Number(before.slice(0, 4)), Number(before.slice(5))))}`;
}

/** Days are compared as text: ISO dates sort as they follow. @returns negative, zero or positive. */
export function compareDates(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
