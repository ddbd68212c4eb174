import { describe, expect, it } from "vitest";
import { compareDates, isRealDate, parsePeriod } from "../../functions/core/calendar.ts";

describe("a date", () => {
  it.each(["2018-01-31", "2020-02-29", "2000-02-29", "2024-12-31"])("%s exists", (text) => {
    expect(isRealDate(text)).toBe(true);
  });

  it.each(["2018-02-30", "2019-02-29", "1900-02-29", "2018-13-01", "2018-00-10", "2018-04-31", "2018-1-1", "2018-01-01T00:00", "", "今天"])(
    "%s does not",
    (text) => {
      expect(isRealDate(text)).toBe(false);
    },
  );

  it("is compared as it follows in time", () => {
    expect(["2018-10-01", "2017-11-17", "2018-09-30"].toSorted(compareDates)).toEqual(["2017-11-17", "2018-09-30", "2018-10-01"]);
  });
});

describe("a period", () => {
  it.each([
    ["2017", "A", "2017-01-01", "2017-12-31"],
    ["2021-S1", "S", "2021-01-01", "2021-06-30"],
    ["2021-S2", "S", "2021-07-01", "2021-12-31"],
    ["2023-Q1", "Q", "2023-01-01", "2023-03-31"],
    ["2023-Q4", "Q", "2023-10-01", "2023-12-31"],
    ["2024-02", "M", "2024-02-01", "2024-02-29"],
    ["2020-07-01", "D", "2020-07-01", "2020-07-01"],
    ["2012-01-01/P5Y", "R", "2012-01-01", "2016-12-31"],
    ["2019-01-01/P8M", "R", "2019-01-01", "2019-08-31"],
    ["2019-11-01/P3M", "R", "2019-11-01", "2020-01-31"],
  ])("%s (%s) runs from %s to %s, both days included", (id, frequency, start, end) => {
    expect(parsePeriod(id)).toEqual({ id, frequency, start, end });
  });

  it.each(["2021-S3", "2023-Q5", "2021-13", "2018-02-30", "2012-01-01/P0Y", "2012-13-01/P5Y", "2012-01-15/P1Y", "17", "2017年", ""])(
    "%s is none",
    (id) => {
      expect(parsePeriod(id)).toBeUndefined();
    },
  );
});
