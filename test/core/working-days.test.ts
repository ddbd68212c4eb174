import { describe, expect, it } from "vitest";
import { addDays, isWeekday, nthWorkingDay } from "../../functions/core/working-days.ts";

describe("day arithmetic on civil dates", () => {
  it("goes over the ends of months, years and Februaries", () => {
    expect(addDays("2018-01-31", 1)).toBe("2018-02-01");
    expect(addDays("2019-12-31", 1)).toBe("2020-01-01");
    expect(addDays("2020-02-28", 1)).toBe("2020-02-29");
    expect(addDays("2018-03-01", -1)).toBe("2018-02-28");
  });

  it("takes Monday to Friday for weekdays", () => {
    // 1 January 2018 was a Monday.
    const week = ["2018-01-01", "2018-01-02", "2018-01-03", "2018-01-04", "2018-01-05", "2018-01-06", "2018-01-07"];
    expect(week.map(isWeekday)).toEqual([true, true, true, true, true, false, false]);
  });
});

describe("the n-th working day after a month's end", () => {
  it("counts from the first of the next month, which may be one itself", () => {
    // 1 February 2018 was a Thursday.
    expect(nthWorkingDay("2018-01", 1, isWeekday)).toBe("2018-02-01");
    expect(nthWorkingDay("2018-01", 2, isWeekday)).toBe("2018-02-02");
    expect(nthWorkingDay("2018-01", 3, isWeekday)).toBe("2018-02-05");
  });

  it("goes from December into the new year and knows the leap day", () => {
    // 1 January 2022 was a Saturday; 29 February 2024 a Thursday, 1 March a Friday.
    expect(nthWorkingDay("2021-12", 1, isWeekday)).toBe("2022-01-03");
    expect(nthWorkingDay("2024-02", 1, isWeekday)).toBe("2024-03-01");
  });

  it("stops where no day is a working day instead of looking for ever", () => {
    expect(() => nthWorkingDay("2018-01", 1, () => false)).toThrow("the year after 2018-01-31 has only 0 working days, not 1");
  });
});
