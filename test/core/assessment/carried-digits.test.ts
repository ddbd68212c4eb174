import { describe, expect, it } from "vitest";
import { printDerived, printPercent, printTime, printValue } from "../../../functions/core/assessment/carried-digits.ts";

describe("a value that was given", () => {
  it("keeps the digits that were published", () => {
    expect(printValue({ y: 2686.6, decimals: 2 })).toBe("2686.60");
    expect(printValue({ y: 3, decimals: 1 })).toBe("3.0");
  });

  it("has no digits after the point where it was rounded to tens", () => {
    expect(printValue({ y: 2300, decimals: -1 })).toBe("2300");
  });

  it("is printed as it is when it is exact", () => {
    expect(printValue({ y: 7.25 })).toBe("7.25");
  });

  it("has a true minus sign below zero", () => {
    expect(printValue({ y: -0.5, decimals: 1 })).toBe("−0.5");
    expect(printValue({ y: -4 })).toBe("−4");
  });
});

describe("a computed number", () => {
  const third = 1 / 3;
  /** Printed from one value only. */
  const from = (y: number, decimals?: number) => printDerived(third, [decimals === undefined ? { y } : { y, decimals }]);

  it("has as many digits as the poorest of the values it comes from", () => {
    // 44.4 has three, 1250 four, 6.25 three, 98.7654 six.
    expect(
      printDerived(third, [
        { y: 44.4, decimals: 1 },
        { y: 1250, decimals: 0 },
      ]),
    ).toBe("0.333");
    expect(
      printDerived(third, [
        { y: 98.7654, decimals: 4 },
        { y: 1250, decimals: 0 },
      ]),
    ).toBe("0.3333");
  });

  it("counts final zeros that were published, and not those that were rounded to", () => {
    expect(from(12, 2)).toBe("0.3333");
    expect(from(23_000, -2)).toBe("0.333");
    expect(from(1000, 0)).toBe("0.3333");
  });

  it("counts a figure below zero, or below one, by its digits from the first that is not zero", () => {
    expect(from(-1250, 0)).toBe("0.3333");
    expect(from(0.0123, 4)).toBe("0.333");
    expect(from(-12.5)).toBe("0.333");
    expect(from(0.0125)).toBe("0.333");
  });

  it("counts the digits of an exact value as it is written, its power of ten apart", () => {
    expect(from(1.2345)).toBe("0.33333");
    expect(from(1.234e-7)).toBe("0.3333");
    expect(from(1.234e30)).toBe("0.3333");
    expect(from(100)).toBe("0.333");
  });

  it("has two digits at least, and fifteen at most", () => {
    expect(from(3, 0)).toBe("0.33");
    expect(from(5, -2)).toBe("0.33");
    expect(from(3)).toBe("0.33");
    expect(from(1.5, 15)).toBe("0.333333333333333");
  });

  it("is not made coarser by a zero, which has no digits of its own", () => {
    expect(
      printDerived(third, [
        { y: 0, decimals: 0 },
        { y: 44.4, decimals: 1 },
      ]),
    ).toBe("0.333");
    expect(from(0)).toBe("0.333333333333333");
  });

  it("is written out where it has more places than digits, and keeps a final zero that was carried", () => {
    expect(printDerived(1264, [{ y: 12, decimals: 0 }])).toBe("1300");
    expect(printDerived(0.5, [{ y: 44.4, decimals: 1 }])).toBe("0.500");
    expect(printDerived(-1.5, [{ y: 44.4, decimals: 1 }])).toBe("−1.50");
  });

  it("stays a number where rounding it would leave the range of numbers", () => {
    expect(printDerived(Number.MAX_VALUE, [{ y: 1.23456789012345 }])).toBe("1.79769313486232e+308");
  });
});

describe("a ratio in per cent", () => {
  it("is rounded down, so that 94.99 % is never printed as 95 %", () => {
    expect(printPercent(0.9499)).toBe("94");
    expect(printPercent(0.94999, 1)).toBe("94.9");
    expect(printPercent(-0.505)).toBe("−51");
  });

  it("does not lose a whole per cent to binary arithmetic: 0.29 × 100 is 28.999999999999996", () => {
    expect(printPercent(0.29)).toBe("29");
    expect(printPercent(0.95)).toBe("95");
    expect(printPercent(0.125, 1)).toBe("12.5");
  });

  it("is zero without a sign", () => {
    expect(printPercent(0)).toBe("0");
    expect(printPercent(-0)).toBe("0");
  });

  it("is written as a power of ten from ten thousand on, whatever its sign", () => {
    expect(printPercent(9999)).toBe("999900");
    expect(printPercent(10_000)).toBe("1.0e+6");
    expect(printPercent(-9999)).toBe("−999900");
    expect(printPercent(-12_300)).toBe("−1.2e+6");
    expect(printPercent(1e307)).toBe("1.0e+309");
  });
});

describe("a time", () => {
  it("is a year, or a year with two digits", () => {
    expect(printTime(2020)).toBe("2020");
    expect(printTime(2016.75)).toBe("2016.75");
    expect(printTime(2020 + 1 / 3)).toBe("2020.33");
  });
});
