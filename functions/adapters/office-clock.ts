import { DateTime } from "luxon";

/** @param instant ISO 8601 with offset
 *  @param timeZone IANA name
 *  @returns the civil day there, YYYY-MM-DD
 *  @throws RangeError when either is none */
export function dayIn(timeZone: string, instant: string): string {
  return zoned(DateTime.fromISO(instant, { zone: timeZone }), `${instant} in ${timeZone}`).toFormat("yyyy-MM-dd");
}

/** @param day YYYY-MM-DD
 *  @param hour 0 to 23, local; one that is skipped by summer time is taken an hour later
 *  @returns the instant, ISO 8601 in UTC */
export function instantAt(day: string, hour: number, timeZone: string): string {
  const local = DateTime.fromISO(day, { zone: timeZone }).set({ hour });
  return zoned(local, `${day} ${hour}:00 in ${timeZone}`).toUTC().toISO({ suppressMilliseconds: true }) ?? "";
}

function zoned(time: DateTime, said: string): DateTime {
  if (!time.isValid) throw new RangeError(`${said} is no time: ${time.invalidReason ?? "unknown"}`);
  return time;
}
