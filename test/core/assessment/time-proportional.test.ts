import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { timeProportional, timeProportionalMethod } from "../../../functions/core/assessment/time-proportional.ts";

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

  it.each([
    // One of two days is gone.
    [60, "ahead"],
    [59, "on track"],
    [50, "on track"],
    [49, "watch"],
    [40, "watch"],
    [39, "behind"],
    [20, "behind"],
    [19, "off track"],
  ])("takes %d of 100 at half time, at the limit itself, as %s", (actual, band) => {
    expect(timeProportional({ actual, target: 100, start: "2018-01-01", end: "2018-01-02", asOf: "2018-01-01" })).toEqual({
      done: actual,
      elapsed: 50,
      gap: actual - 50,
      band,
    });
  });

  it("counts both ends of the period", () => {
    expect(timeProportional({ actual: 0, target: 1, ...year, asOf: "2018-12-31" })?.elapsed).toBe(100);
    expect(timeProportional({ actual: 0, target: 1, ...year, asOf: "2018-01-01" })?.elapsed).toBeCloseTo(100 / 365);
  });

  it("has no answer for a target that is not above zero, or a day outside the period", () => {
    expect(timeProportional({ actual: 1, target: 0, ...year, asOf: "2018-06-30" })).toBeUndefined();
    expect(timeProportional({ actual: 1, target: -5, ...year, asOf: "2018-06-30" })).toBeUndefined();
    expect(timeProportional({ actual: 1, target: 5, ...year, asOf: "2019-01-01" })).toBeUndefined();
    expect(timeProportional({ actual: 1, target: 5, ...year, asOf: "2017-12-31" })).toBeUndefined();
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

describe("time-proportional progress on a way from base to target", () => {
  const judge = (input: object) => timeProportionalMethod.judge(methodInputSchema.parse(input));
  const base = { t: 2015, y: 100 };
  const target = { t: 2025, y: 200 };
  const at = (y: number) => ({ base, target, current: { t: 2020, y } });

  it.each([
    [200, "target achieved", "achieved"],
    [160, "ahead", "ahead"],
    [150, "on track", "on track"],
    [149, "watch", "watch"],
    [140, "watch", "watch"],
    [139, "behind", "watch"],
    [120, "behind", "watch"],
    [119, "off track", "off track"],
  ])("with half of the time gone %f is %s", (y, band, signal) => {
    expect(judge(at(y))).toMatchObject({ band, signal });
  });

  it("goes down as well as up, and from zero", () => {
    const down = { direction: "decrease", base: { t: 2015, y: 200 }, target: { t: 2025, y: 100 }, current: { t: 2020, y: 150 } };
    expect(judge(down)).toMatchObject({ band: "on track", ratio: 0 });
    expect(judge({ base: { t: 2015, y: 0 }, target, current: { t: 2020, y: 90 } }).ratio).toBeCloseTo(-5, 9);
  });

  it("is off track, with no gap to name, when the base had what was then lost", () => {
    expect(judge({ base: target, target: { t: 2030, y: 200 }, current: { t: 2028, y: 199 } })).toMatchObject({
      band: "off track",
      ratio: null,
    });
    // From beyond the target, and from a strict target itself.
    expect(judge({ base, target: { t: 2025, y: 90 }, current: { t: 2020, y: 80 } })).toMatchObject({ band: "off track", ratio: null });
    const strict = { base, target: { t: 2025, y: 100 }, current: { t: 2020, y: 100 }, comparator: ">" };
    expect(judge(strict)).toMatchObject({ band: "off track", ratio: null });
    expect(judge(strict).explanation.values).toMatchObject({ done: "none" });
  });

  it("tells how much of the way is done and how much of the time is gone", () => {
    expect(judge(at(149)).explanation).toEqual({
      id: "outcome.time-proportional.gap",
      values: {
        base: "100",
        baseTime: "2015",
        current: "149",
        currentTime: "2020",
        target: "200",
        targetTime: "2025",
        done: "49",
        elapsed: "50",
        band: "watch",
      },
    });
    expect(judge(at(119)).explanation.values).toMatchObject({ band: "off_track" });
    expect(judge(at(200)).explanation).toEqual({
      id: "outcome.target-achieved",
      values: { current: "200", currentTime: "2020", target: "200" },
    });
  });

  it.each([
    ["a growth rate", { ...at(150), shape: "rate" }, "shape", { shape: "rate" }],
    ["a rank", { ...at(150), shape: "rank" }, "shape", { shape: "rank" }],
    ["no base", { target, current: { t: 2020, y: 150 } }, "missing", { what: "base" }],
    ["no target", { base, current: { t: 2020, y: 150 } }, "missing", { what: "target" }],
    ["no current value", { base, target }, "missing", { what: "current" }],
    ["a single point", { series: [base], target }, "one-point", { base: "2015", current: "2015" }],
    ["a time that is up", { base, target, current: { t: 2025, y: 199 } }, "time-up", { current: "2025", target: "2025" }],
    ["a comparator against the direction", { ...at(150), comparator: "<" }, "contradiction", {}],
    ["two values for one time", { ...at(150), series: [{ t: 2015, y: 99 }] }, "conflict", { time: "2015" }],
    // The whole way is shorter than half of itself can be told from nothing.
    [
      "a way too short to be a number",
      { base: { t: 2015, y: 0 }, target: { t: 2025, y: 5e-324 }, current: { t: 2020, y: -1 } },
      "range",
      {},
    ],
  ])("cannot judge %s", (_case, input, expected, values) => {
    expect(judge(input)).toMatchObject({ band: "cannot judge", signal: "cannot judge", ratio: null });
    expect(judge(input).explanation).toEqual({ id: `outcome.cannot-judge.${expected}`, values });
  });
});
