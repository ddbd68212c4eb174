import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStale } from "../../../functions/core/briefing/stale-figure.ts";

describe("a figure is stale", () => {
  it.each([
    ["2017", "A", "2019-12-31", "2020-01-01"],
    ["2017-08", "A", "2019-12-31", "2020-01-01"],
    ["2017-06-30", "A", "2019-12-31", "2020-01-01"],
    ["2012-01-01/P5Y", "A", "2018-12-31", "2019-01-01"],
    ["2021-S1", "S", "2022-06-30", "2022-07-01"],
    ["2021-Q3", "Q", "2022-03-31", "2022-04-01"],
    ["2021-11", "M", "2022-01-31", "2022-02-01"],
    ["2021-12-30", "D", "2022-01-01", "2022-01-02"],
    ["2017-06-15", "irregular", "2019-06-15", "2019-06-16"],
    ["2020-02-28", "irregular", "2022-02-28", "2022-03-01"],
  ] as const)("%s at frequency %s not yet on %s, but on %s", (period, frequency, last, first) => {
    expect(isStale(period, frequency, last)).toBe(false);
    expect(isStale(period, frequency, first)).toBe(true);
  });

  it("never before its period is over, and once stale for good", () => {
    const day = fc
      .date({ min: new Date("2000-01-01"), max: new Date("2060-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const frequency = fc.constantFrom("A", "S", "Q", "M", "D", "irregular" as const);
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2060 }), frequency, day, day, (year, often, a, b) => {
        const [earlier, later] = a < b ? [a, b] : [b, a];
        if (earlier <= `${year}-12-31`) expect(isStale(String(year), often, earlier)).toBe(false);
        if (isStale(String(year), often, earlier)) expect(isStale(String(year), often, later)).toBe(true);
      }),
    );
  });

  it("never when its period cannot be read", () => {
    expect(isStale("the other day", "A", "2099-01-01")).toBe(false);
  });
});
