import { describe, expect, it } from "vitest";
import type { Point } from "../../../functions/core/assessment/method.ts";
import { projectionInterval } from "../../../functions/core/assessment/projection-interval.ts";

const at = (t: number, y: number, decimals?: number): Point => (decimals === undefined ? { t, y } : { t, y, decimals });
const interval = (base: Point, current: Point, value: number, points: readonly Point[] = [], time = 2030) =>
  projectionInterval({ base, current, points }, time, value);
const exactly = (value: number) => ({ low: value, high: value, how: { id: "outcome.projection.exact" } });

describe("the interval by the spread of the values", () => {
  // A doubling every year: on a straight line, so that there is no spread at all.
  const doubling = [1, 2, 4, 8, 16].map((y, i) => at(2015 + i, y));
  const [base, current] = [at(2015, 1), at(2019, 16)];

  it("needs five values from base to current value", () => {
    expect(interval(base, current, 32768, doubling).how).toEqual({ id: "outcome.projection.spread", values: { count: 5 } });
    expect(interval(base, current, 32768, doubling.toSpliced(2, 1))).toEqual(exactly(32768));
  });

  it.each([
    ["before the base", at(2014, 0.5)],
    ["after the current value", at(2020, 32)],
    ["on the other side of zero", at(2017, -4)],
    ["of zero", at(2017, 0)],
  ])("does not count a value %s", (_case, stray) => {
    expect(interval(base, current, 32768, [...doubling.toSpliced(2, 1), stray])).toEqual(exactly(32768));
  });

  it("goes by the amounts where the values are negative, and stands the right way up", () => {
    const debts = doubling.map((p) => (p.t === 2017 ? at(2017, -4 * Math.E) : at(p.t, -p.y)));
    const { low, high } = interval(at(2015, -1), at(2019, -16), -32, debts, 2020);
    // One logarithm is off by 1: residuals 4/5 and four times −1/5, so s² = (16/25 + 4/25) / 3 = 4/15; three years beyond the middle, Σ = 10.
    const width = Math.exp(2 * Math.sqrt(4 / 15) * Math.sqrt(1 + 1 / 5 + 9 / 10));
    expect(low / -32).toBeCloseTo(width, 9);
    expect(high / -32).toBeCloseTo(1 / width, 9);
  });

  it("is not given where it leaves the numbers", () => {
    const wild = [1e-300, 1e300, 1e-300, 1e300, 1e-300].map((y, i) => at(2015 + i, y));
    expect(interval(at(2015, 1e-300), at(2019, 1e-300), 1e-300, wild)).toEqual(exactly(1e-300));
  });
});

describe("the interval by the rounding of base and current value", () => {
  const rounding = { id: "outcome.projection.rounding" };

  it("takes the one that is rounded where the other is exact", () => {
    // From 100 in 2015 by 2020 on to 2025: current · current / base.
    expect(interval(at(2015, 100), at(2020, 110, 0), 121, [], 2025)).toEqual({
      low: expect.closeTo(109.5 ** 2 / 100, 9),
      high: expect.closeTo(110.5 ** 2 / 100, 9),
      how: rounding,
    });
    expect(interval(at(2015, 100, 0), at(2020, 110), 121, [], 2025)).toEqual({
      low: expect.closeTo(110 ** 2 / 100.5, 9),
      high: expect.closeTo(110 ** 2 / 99.5, 9),
      how: rounding,
    });
  });

  it("is none where both are exact", () => {
    expect(interval(at(2015, 100), at(2020, 110), 121, [], 2025)).toEqual(exactly(121));
  });

  it.each([
    ["a base that may be below zero", at(2015, 0.3, 0), at(2020, 5)],
    ["a base that may be zero", at(2015, 0.5, 0), at(2020, 5)],
    ["a negative base that may be zero", at(2015, -0.5, 0), at(2020, -5)],
    ["a current value that may be on the other side", at(2015, 5), at(2020, 0.3, 0)],
    ["a negative current value that may be on the other side", at(2015, -5), at(2020, -0.3, 0)],
  ])("is not given for %s", (_case, base, current) => {
    expect(interval(base, current, 7)).toEqual({ ...exactly(7), how: { id: "outcome.projection.open" } });
  });

  it("is given for a current value that may be zero, and ends there", () => {
    // 0.5 to one digit is 0 to 1: from 10 in 2015 by 2020 on to 2025, between 0 and 1 · 1/10.
    expect(interval(at(2015, 10), at(2020, 0.5, 0), 0.025, [], 2025)).toEqual({ low: 0, high: expect.closeTo(0.1, 12), how: rounding });
    const { low, high } = interval(at(2015, -10), at(2020, -0.5, 0), -0.025, [], 2025);
    expect(low).toBeCloseTo(-0.1, 12);
    expect(high).toBeCloseTo(0, 12);
  });

  it("is given for a base however small", () => {
    // From 10^-200 in 2015 to 1.5 or 2.5 in 2020; at 2020 itself that is all.
    expect(interval(at(2015, 1e-200), at(2020, 2, 0), 2, [], 2020)).toEqual({ low: 1.5, high: 2.5, how: rounding });
  });

  it("is not given where an end leaves the numbers", () => {
    // 10^154 · 10^154 / 1 is a number, over 0.5 it is none any more.
    expect(interval(at(2015, 1, 0), at(2016, 1e154), 1e308, [], 2017)).toEqual({
      ...exactly(1e308),
      how: { id: "outcome.projection.open" },
    });
  });
});
