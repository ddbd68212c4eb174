import days from "chinese-days/dist/chinese-days.json" with { type: "json" };
import { CalendarError } from "../../core/errors.ts";
import type { WorkingCalendar } from "../../core/ports.ts";
import { addDays, isWeekday } from "../../core/working-days.ts";

/** How long before New Year the notice for the new year may still move days: that of 2018 made a working day of Saturday 29 December. */
const daysBeforeNewYear = 7;

/** The State Council's calendar of the People's Republic, with its holidays and its make-up working days (调休), for the years whose notices
 *  the package `chinese-days` has. Only the package's table is read: its functions take a date for midnight in UTC and then for the
 *  machine's own day, so that west of Greenwich they answer for the day before, and they take every weekday of an unknown year for worked. */
export function openChineseCalendar(): WorkingCalendar {
  const [holidays, makeUpDays] = [new Set(Object.keys(days.holidays)), new Set(Object.keys(days.workdays))];
  const published = new Set([...holidays].map((day) => day.slice(0, 4)));
  return {
    isWorkingDay(day) {
      const unpublished = [day, addDays(day, daysBeforeNewYear)].map((d) => d.slice(0, 4)).find((year) => !published.has(year));
      if (unpublished !== undefined) {
        throw new CalendarError(
          unpublished,
          "when the State Council has published its notice (in November), update the package chinese-days",
        );
      }
      return makeUpDays.has(day) || (isWeekday(day) && !holidays.has(day));
    },
  };
}
