import { describe, expect, it } from "vitest";
import { openCalendar } from "../../../functions/adapters/calendar/open-calendar.ts";
import { CalendarError } from "../../../functions/core/errors.ts";
import { addDays, isWeekday, nthWorkingDay } from "../../../functions/core/working-days.ts";

const china = openCalendar({ workingDays: "cn" });
const isWorkingDay = (day: string) => china.isWorkingDay(day);

/** @returns the working days among the days from `first` to `last` */
function workedBetween(first: string, last: string): string[] {
  const days = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days.filter(isWorkingDay);
}

/** @returns the last year that is published */
function lastPublishedYear(): number {
  for (let year = 2026; ; year += 1) {
    try {
      china.isWorkingDay(`${year}-06-01`);
    } catch {
      return year - 1;
    }
  }
}

// Expectations are the State Council's yearly notices, 国务院办公厅关于…年部分节假日安排的通知.
describe("the Chinese calendar", () => {
  it.each([
    ["2018", "2018-02-11", "2018-02-24", "2018-02-15", "2018-02-21"],
    ["2019", "2019-02-02", "2019-02-03", "2019-02-04", "2019-02-10"],
    ["2021", "2021-02-07", "2021-02-20", "2021-02-11", "2021-02-17"],
    ["2022", "2022-01-29", "2022-01-30", "2022-01-31", "2022-02-06"],
    ["2023", "2023-01-28", "2023-01-29", "2023-01-21", "2023-01-27"],
    ["2024", "2024-02-04", "2024-02-18", "2024-02-10", "2024-02-17"],
    ["2025", "2025-01-26", "2025-02-08", "2025-01-28", "2025-02-04"],
    ["2026", "2026-02-14", "2026-02-28", "2026-02-15", "2026-02-23"],
  ])("works two days of rest for the Spring Festival of %s and rests through it", (_, one, other, first, last) => {
    expect([one, other].map(isWeekday)).toEqual([false, false]);
    expect([one, other].map(isWorkingDay)).toEqual([true, true]);
    expect(workedBetween(first, last)).toEqual([]);
  });

  it("rests through the Spring Festival of 2020 as it was prolonged, from 24 January to 2 February", () => {
    expect(workedBetween("2020-01-19", "2020-02-04")).toEqual([
      // A Sunday, worked.
      "2020-01-19",
      "2020-01-20",
      "2020-01-21",
      "2020-01-22",
      "2020-01-23",
      "2020-02-03",
      "2020-02-04",
    ]);
  });

  it("takes an ordinary week for what it is", () => {
    expect(workedBetween("2018-03-12", "2018-03-18")).toEqual(["2018-03-12", "2018-03-13", "2018-03-14", "2018-03-15", "2018-03-16"]);
  });

  it("works the last Saturday of 2018, which the notice for 2019 moved, and rests on New Year's Eve", () => {
    expect(workedBetween("2018-12-28", "2019-01-02")).toEqual(["2018-12-28", "2018-12-29", "2019-01-02"]);
  });

  it("counts make-up days and leaves out holidays when it counts working days", () => {
    // Feb 2018: 1, 2, 5–9 are seven; Sunday 11 is worked; 12, 13, 14; the festival; then Thursday 22.
    expect(nthWorkingDay("2018-01", 2, isWorkingDay)).toBe("2018-02-02");
    expect(nthWorkingDay("2018-01", 8, isWorkingDay)).toBe("2018-02-11");
    expect(nthWorkingDay("2018-01", 10, isWorkingDay)).toBe("2018-02-13");
    expect(nthWorkingDay("2018-01", 12, isWorkingDay)).toBe("2018-02-22");
    // October 2018 begins on the 8th, that of 2025 on the 9th with a Saturday to make up on the 11th.
    expect(nthWorkingDay("2018-09", 2, isWorkingDay)).toBe("2018-10-09");
    expect(nthWorkingDay("2025-09", 3, isWorkingDay)).toBe("2025-10-11");
  });

  it("has every published year whole: the days that are always free, and make-up days on days of rest only", () => {
    for (let year = 2018; year <= lastPublishedYear(); year += 1) {
      const free = ["01-01", "05-01", "10-01", "10-02", "10-03"].map((day) => `${year}-${day}`);
      expect(free.filter(isWorkingDay)).toEqual([]);
      // 365 days less 104 of rest and 11 holidays (13 since 2025) are 250 or 248, of which four or five fall in the last week.
      expect(workedBetween(`${year}-01-01`, `${year}-12-24`).length, String(year)).toBeGreaterThan(240);
      expect(workedBetween(`${year}-01-01`, `${year}-12-24`).length, String(year)).toBeLessThan(248);
    }
  });

  it("does not guess at a year that is not published, and says what to update", () => {
    expect(() => china.isWorkingDay("2099-03-02")).toThrow(CalendarError);
    expect(() => china.isWorkingDay("2099-03-02")).toThrow(
      "2099: it is not on record which days of this year are worked; when the State Council has published its notice (in November), update the package chinese-days",
    );
    expect(() => china.isWorkingDay("2003-12-31")).toThrow("2003: it is not on record");
  });

  it("does not vouch for the week before a year that is not published: its notice may still move days", () => {
    const last = lastPublishedYear();
    expect(() => china.isWorkingDay(`${last}-12-24`)).not.toThrow();
    expect(() => china.isWorkingDay(`${last}-12-25`)).toThrow(`${last + 1}: it is not on record`);
  });
});

describe("an office that works weekdays", () => {
  it("works Monday to Friday in every year", () => {
    const { isWorkingDay: works } = openCalendar({ workingDays: "weekdays" });
    // New Year's Day 2099 is a Thursday, the 3rd a Saturday.
    expect(["2018-02-11", "2018-02-15", "2099-01-01", "2099-01-03"].map(works)).toEqual([false, true, true, false]);
  });
});
