import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeProportional } from "../../../functions/core/assessment/time-proportional.ts";

const year = { start: "2018-01-01", end: "2018-12-31" };

describe("time-proportional progress", () => {
  it.each([
    // At the end of June 181 of 365 days, 49.6 %, are gone.
    [62, "ahead"],
    [50, "on track"],
    [45, "watch"],
    [25, "behind"],
    [15, "off track"],
  ])("puts %d of 100 at mid-year into the band %s", (actual, band) => {
    expect(timeProportional({ actual, target: 100, ...year, asOf: "2018-06-30" })?.band).toBe(band);
  });

  it("counts both ends of the period", () => {
    expect(timeProportional({ actual: 0, target: 1, ...year, asOf: "2018-12-31" })?.elapsed).toBe(100);
    expect(timeProportional({ actual: 0, target: 1, ...year, asOf: "2018-01-01" })?.elapsed).toBeCloseTo(100 / 365);
  });

  it("has no answer for a target that is not above zero, or a day outside the period", () => {
    expect(timeProportional({ actual: 1, target: 0, ...year, asOf: "2018-06-30" })).toBeUndefined();
    expect(timeProportional({ actual: 1, target: -5, ...year, asOf: "2018-06-30" })).toBeUndefined();
    expect(timeProportional({ actual: 1, target: 5, ...year, asOf: "2019-01-01" })).toBeUndefined();
  });

  it("never leaves the numbers", () => {
    const amount = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(amount, amount, (actual, target) => {
        const result = timeProportional({ actual, target: target === 0 ? 1 : target, ...year, asOf: "2018-06-30" });
        expect(result === undefined || Number.isFinite(result.elapsed)).toBe(true);
      }),
    );
  });
});
