import { describe, expect, it } from "vitest";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { findMethod } from "../../../functions/core/assessment/methods.ts";
import { weighRounding } from "../../../functions/core/assessment/rounding-corners.ts";

/** What a method finds, and what rounding leaves open. @param id a method's name @param input as on standard input */
function weigh(id: string, input: object) {
  const method = findMethod(id);
  if (!method) throw new Error(`no method ${id}`);
  const { outcome, onTheLine, flipsSignal, otherBands } = weighRounding(method, methodInputSchema.parse(input));
  return { band: outcome.band, signal: outcome.signal, onTheLine, flipsSignal, otherBands };
}

/** Four years from `base` to 200, two of them gone; the required growth is 2^(1/4) − 1 = 18.92 % a year. */
const toDouble = (current: object, base: object = { y: 100 }) => ({
  base: { t: 2016, ...base },
  current: { t: 2018, ...current },
  target: { t: 2020, y: 200 },
});

describe("what rounding leaves open", () => {
  it("is the band that either end of the current value would have", () => {
    // √1.39 − 1 is 0.946 of what is required, √1.395 − 1 is 0.957 of it; √1.3905 − 1 is 0.947.
    expect(weigh("cagr-ratio", toDouble({ y: 139, decimals: 0 }))).toEqual({
      band: "acceleration needed",
      signal: "watch",
      onTheLine: true,
      flipsSignal: true,
      otherBands: ["on track"],
    });
    expect(weigh("cagr-ratio", toDouble({ y: 139, decimals: 1 })).onTheLine).toBe(false);
  });

  it("is the band that either end of the base would have", () => {
    // From 99.5 the same 139 is √1.39698 − 1 a year against 2.01005^¼ − 1.
    expect(weigh("cagr-ratio", toDouble({ y: 139.1 }, { y: 100, decimals: 0 }))).toMatchObject({
      band: "acceleration needed",
      otherBands: ["on track"],
    });
  });

  it("is nothing where no digits are given: numbers are then exact", () => {
    expect(weigh("cagr-ratio", toDouble({ y: 139 }))).toMatchObject({ onTheLine: false, flipsSignal: false, otherBands: [] });
  });

  it("is nothing for ranks and counts, which are exact", () => {
    expect(weigh("cagr-ratio", { ...toDouble({ y: 139, decimals: 0 }), shape: "count" }).onTheLine).toBe(false);
  });

  it("may be a band that has the same signal: then only the band is open", () => {
    expect(weigh("cagr-ratio", toDouble({ y: 100, decimals: 0 }))).toEqual({
      band: "limited progress",
      signal: "off track",
      onTheLine: true,
      flipsSignal: false,
      otherBands: ["deterioration"],
    });
  });

  it("reads base and current value from the series where they are not given", () => {
    const series = [
      { t: 2018, y: 139, decimals: 0 },
      { t: 2016, y: 100 },
    ];
    expect(weigh("cagr-ratio", { series, target: { t: 2020, y: 200 } })).toMatchObject({ otherBands: ["on track"] });
  });

  it("is that of the coarser rounding where a value is there twice", () => {
    const twice = { ...toDouble({ y: 139, decimals: 1 }), series: [{ t: 2018, y: 139, decimals: 0 }] };
    expect(weigh("cagr-ratio", twice)).toMatchObject({ band: "acceleration needed", otherBands: ["on track"] });
  });

  it("counts for a target that is reached by rounding alone", () => {
    expect(weigh("cagr-ratio", toDouble({ y: 200, decimals: 0 }))).toMatchObject({ band: "target achieved", otherBands: ["on track"] });
    expect(weigh("cagr-ratio", { current: { t: 2018, y: 200, decimals: 0 }, target: { t: 2020, y: 200 } }).onTheLine).toBe(true);
    expect(weigh("cagr-ratio", toDouble({ y: 201, decimals: 0 })).onTheLine).toBe(false);
  });

  it("is seen by every method that goes from a base to a current value", () => {
    // Half of the way with half of the time gone; half a point less is behind time.
    expect(weigh("time-proportional", { ...toDouble({ y: 150, decimals: 0 }) })).toMatchObject({ band: "on track", otherBands: ["watch"] });
    // 100 · 1.4² = 196 is 0.96 of the way; 139.5² / 100 = 194.6 is 0.946 of it.
    expect(weigh("projection", toDouble({ y: 140, decimals: 0 }))).toMatchObject({
      band: "on track",
      otherBands: ["acceleration needed"],
    });
    // 3 % in two years; from 2.5 to 3.5 % it is 1.24 to 1.73 % a year.
    expect(weigh("trend", { base: { t: 2016, y: 100 }, current: { t: 2018, y: 103, decimals: 0 } })).toMatchObject({
      band: "acceleration needed",
      otherBands: ["on track"],
    });
  });

  it("is for weather that of the first and the last of the five years, not of the base nor of a year between", () => {
    const weather = (rounded: number) => {
      const series = [9, 10, 11, 12, 13, 14, 15].map((y, i) =>
        2014 + i === rounded ? { t: 2014 + i, y, decimals: 0 } : { t: 2014 + i, y },
      );
      return weigh("weather", { base: series[0], series, target: { t: 2025, y: 20 } });
    };
    // From 10.5 to 15 it is 0.9 a year: 19.5 in 2025, a tenth of the way missed.
    expect(weather(2015)).toMatchObject({ band: "sun", otherBands: ["partly cloudy"] });
    expect(weather(2020).otherBands).toContain("partly cloudy");
    for (const year of [2014, 2016, 2019]) expect(weather(year).onTheLine).toBe(false);
  });

  it("is what the method itself says where it reads the digits", () => {
    const at = (y: number) => ({ current: { t: 2020, y, decimals: 0 }, target: { t: 2020, y: 210 } });
    for (const id of ["threshold", "maintain"]) {
      expect(weigh(id, { ...at(210), comparator: ">" })).toMatchObject({ band: "on the line", signal: "watch", onTheLine: true });
      expect(weigh(id, at(211))).toMatchObject({ onTheLine: false, flipsSignal: false, otherBands: [] });
    }
    // Equal within the published rounding is met, though either end of it differs.
    expect(weigh("threshold", { ...at(210), comparator: "=" })).toMatchObject({ band: "met", onTheLine: false });
  });

  it("does not make a verdict of what cannot be judged", () => {
    const target = { t: 2020, y: 200 };
    const nothing = { band: "cannot judge", signal: "cannot judge", onTheLine: false, flipsSignal: false, otherBands: [] };
    expect(weigh("cagr-ratio", { current: { t: 2018, y: 139, decimals: 0 }, target })).toEqual(nothing);
    expect(weigh("cagr-ratio", { base: { t: 2016, y: 100, decimals: 0 }, target })).toEqual(nothing);
  });
});
