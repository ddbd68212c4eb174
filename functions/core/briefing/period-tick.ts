import { parsePeriod } from "../calendar.ts";
import type { Locale } from "../local-text.ts";

/** @returns a period as short as it can stand under an axis: 2017, 2021上半年 or H1 2021, 2023一季度 or Q1 2023, 2021-08, 2012–2016 */
export function periodTick(id: string, locale: Locale): string {
  const period = parsePeriod(id);
  if (!period) return id;
  const [year, part] = [period.start.slice(0, 4), Number(period.start.slice(5, 7)) - 1];
  const chinese = locale === "zh-CN";
  switch (period.frequency) {
    case "S":
      return chinese ? `${year}${part === 0 ? "上" : "下"}半年` : `H${part / 6 + 1} ${year}`;
    case "Q":
      return chinese ? `${year}${"一二三四"[part / 3]}季度` : `Q${part / 3 + 1} ${year}`;
    case "R":
      return rangeTick(period.start, period.end);
    default:
      return id;
  }
}

/** Whole years as years, other ranges by their first and last month. */
function rangeTick(start: string, end: string): string {
  const whole = start.endsWith("-01-01") && end.endsWith("-12-31");
  return whole
    ? `${start.slice(0, 4)}–${end.slice(0, 4)}`
    : `${start.slice(0, 7)}–${end.slice(0, 4) === start.slice(0, 4) ? end.slice(5, 7) : end.slice(0, 7)}`;
}
