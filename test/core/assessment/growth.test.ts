import { describe, expect, it } from "vitest";
import { annualGrowth, atLeast, compoundTo, recentChange, signOf, standardError } from "../../../functions/core/assessment/growth.ts";

const at = (t: number, y: number) => ({ t, y });

describe("a limit", () => {
  it("is reached by what falls short of it by no more than the arithmetic may err, a billionth", () => {
    expect(atLeast(0, 0)).toBe(true);
    expect(atLeast(-1e-9, 0)).toBe(true);
    expect(atLeast(-2e-9, 0)).toBe(false);
  });
});

describe("a direction", () => {
  it("is +1 where more is better and −1 where less is", () => {
    expect([signOf("increase"), signOf("decrease")]).toEqual([1, -1]);
  });
});

describe("annual growth", () => {
  it("is compounded: 21 % in two years are 10 % a year", () => {
    expect(annualGrowth(at(2015, 100), at(2017, 121))).toBeCloseTo(0.1, 12);
  });

  it("is that of the amounts where both values are negative", () => {
    expect(annualGrowth(at(2015, -100), at(2017, -121))).toBeCloseTo(0.1, 12);
  });

  it("is nothing between equal values, and the loss of everything to zero", () => {
    expect(annualGrowth(at(2015, 0.3), at(2020, 0.3))).toBe(0);
    expect(annualGrowth(at(2015, 7), at(2020, 0))).toBe(-1);
  });

  it("holds where the quotient of the values is more or less than a number holds", () => {
    // Six hundred powers of ten in six hundred years: tenfold a year, or a tenth.
    expect(annualGrowth(at(0, 1e-300), at(600, 1e300))).toBeCloseTo(9, 9);
    expect(annualGrowth(at(0, 1e300), at(600, 1e-300))).toBeCloseTo(-0.9, 9);
    expect(annualGrowth(at(0, -1e300), at(600, 1e-300))).toBeNaN();
  });

  it("keeps a tiny change of a huge value, which the difference of two logarithms would lose", () => {
    const huge = 2 ** 1000;
    const tiny = 3 * 2 ** -45;
    expect(annualGrowth(at(2015, huge), at(2016, huge * (1 + tiny))) / tiny).toBeCloseTo(1, 9);
  });

  it.each([
    ["from zero", at(2015, 0), at(2020, 5)],
    ["from zero to zero", at(2015, 0), at(2020, 0)],
    ["across zero", at(2015, -5), at(2020, 5)],
    ["with no time in between", at(2015, 4), at(2015, 5)],
    ["back in time", at(2020, 4), at(2015, 5)],
  ])("has no meaning %s", (_case, from, to) => {
    expect(annualGrowth(from, to)).toBeNaN();
    expect(compoundTo(from, to, 2030)).toBeNaN();
  });
});

describe("growth that goes on", () => {
  it("is compounded from the last value: 100, 110 after a year, 133.1 after three", () => {
    expect(compoundTo(at(2015, 100), at(2016, 110), 2018)).toBeCloseTo(133.1, 9);
    expect(compoundTo(at(2015, 100), at(2016, 110), 2016)).toBe(110);
  });

  it("stays at zero once it is there", () => {
    expect(compoundTo(at(2015, 100), at(2016, 0), 2018)).toBe(0);
  });
});

describe("the change of late", () => {
  it("is that of five years back from the last point, the fifth included", () => {
    const series = [at(2014, 1000), at(2015, 50), at(2018, 53), at(2020, 60)];
    const { mean, points, changes } = recentChange(series);
    expect(points).toEqual(series.slice(1));
    // From 50 to 60 in five years; 3 in three years are 1 a year, 7 in two are 3.5.
    expect(mean).toBe(2);
    expect(changes).toEqual([1, 3.5]);
  });

  it("forgives the first point what arithmetic may miss of the five years", () => {
    expect(recentChange([at(-1e-9, 1), at(5, 2)]).points).toHaveLength(2);
    expect(recentChange([at(-2e-9, 1), at(5, 2)]).points).toHaveLength(1);
  });

  it("is none for one point, and for none at all", () => {
    expect(recentChange([at(2020, 60)])).toEqual({ mean: 0, changes: [], points: [at(2020, 60)] });
    expect(recentChange([])).toEqual({ mean: 0, changes: [], points: [] });
  });
});

describe("the standard error of a mean", () => {
  it("is the standard deviation over the root of how many there are", () => {
    // 2, 4, 6 about 4: (4 + 0 + 4) / 2 = 4, over 3.
    expect(standardError([2, 4, 6])).toBeCloseTo(Math.sqrt(4 / 3), 12);
    // 1 and 3 about 2: (1 + 1) / 1 = 2, over 2.
    expect(standardError([1, 3])).toBeCloseTo(1, 12);
  });

  it("is zero where there is nothing to differ", () => {
    expect(standardError([])).toBe(0);
    expect(standardError([7])).toBe(0);
  });
});
