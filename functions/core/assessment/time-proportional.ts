/** Progress against elapsed time, in percentage points. */
export interface TimeProportional {
  /** actual ÷ target × 100 */
  readonly done: number;
  /** elapsed days ÷ all days × 100 */
  readonly elapsed: number;
  /** done − elapsed */
  readonly gap: number;
  readonly band: "ahead" | "on track" | "watch" | "behind" | "off track";
}

/** 序时进度: actual/target − elapsed/total, in percentage points. The bands are those Chinese budget offices report by:
 *  ≥ 0 on track, −10 to 0 watch, −30 to −10 behind, below −30 off track; 10 points early counts as ahead.
 *  Holds for amounts that add up over the period (revenue, homes built), not for rates or shares.
 *  @param actual what was reached by `asOf`, in the unit of `target`
 *  @param start, end, asOf days as YYYY-MM-DD, both ends included
 *  @returns undefined when it has no answer: a target that is not above zero, or a day outside the period */
export function timeProportional(input: {
  actual: number;
  target: number;
  start: string;
  end: string;
  asOf: string;
}): TimeProportional | undefined {
  const { actual, target, start, end, asOf } = input;
  if (!(target > 0) || asOf < start || asOf > end) return undefined;
  const done = (actual / target) * 100;
  const elapsed = (daysFrom(start, asOf) / daysFrom(start, end)) * 100;
  const gap = done - elapsed;
  const band = gap >= 10 ? "ahead" : gap >= 0 ? "on track" : gap >= -10 ? "watch" : gap >= -30 ? "behind" : "off track";
  return { done, elapsed, gap, band };
}

/** Days from `start` to `end`, both included. */
function daysFrom(start: string, end: string): number {
  return (Date.parse(`${end}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / 86_400_000 + 1;
}
