import { describe, expect, it } from "vitest";
import { cagrRatio } from "../../../functions/core/assessment/cagr-ratio.ts";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";

const judge = (input: object) => cagrRatio.judge(methodInputSchema.parse(input));
const base = { t: 2015, y: 100 };
const target = { t: 2030, y: 200 };
// What constant growth from 100 in 2015 to 200 in 2030 has reached by 2020, and a share of that growth rate.
const required = 2 ** (1 / 15) - 1;
const at = (share: number) => ({ t: 2020, y: 100 * (1 + share * required) ** 5 });

describe("actual against required growth", () => {
  it.each([
    [1, "on track", "on track"],
    [0.95, "on track", "on track"],
    [0.949, "acceleration needed", "watch"],
    [0.6, "acceleration needed", "watch"],
    [0.599, "limited progress", "off track"],
    [0, "limited progress", "off track"],
    [-0.001, "deterioration", "off track"],
  ])("of %f of the required rate is %s", (share, band, signal) => {
    const outcome = judge({ base, current: at(share), target });
    expect(outcome).toMatchObject({ band, signal });
    expect(outcome.ratio).toBeCloseTo(share, 9);
  });

  it("follows the direction: halving in fifteen years is on track when a third of the logarithm is done in five", () => {
    const input = { direction: "decrease", base, target: { t: 2030, y: 50 } };
    expect(judge({ ...input, current: { t: 2020, y: 100 * 2 ** (-1 / 3) } }).ratio).toBeCloseTo(1, 9);
    expect(judge({ ...input, current: { t: 2020, y: 101 } }).band).toBe("deterioration");
  });

  it("is achieved as soon as the value reaches the target, whenever that is, but not at a strict target itself", () => {
    expect(judge({ base, current: { t: 2020, y: 200 }, target })).toMatchObject({ band: "target achieved", signal: "achieved" });
    expect(judge({ base, current: { t: 2035, y: 210 }, target }).band).toBe("target achieved");
    expect(judge({ current: { t: 2020, y: 210 }, target })).toMatchObject({ band: "target achieved", ratio: null });
    expect(judge({ base, current: { t: 2020, y: 200 }, target, comparator: ">" }).band).toBe("on track");
  });

  it("calls it deterioration when the base already stood at the target or beyond and it was lost", () => {
    const outcome = judge({ base, current: { t: 2020, y: 99 }, target: { t: 2030, y: 100 } });
    expect(outcome).toMatchObject({ band: "deterioration", ratio: null });
    expect(outcome.explanation.values).toMatchObject({ share: "none" });
    expect(judge({ base, current: { t: 2020, y: 80 }, target: { t: 2030, y: 90 } }).band).toBe("deterioration");
  });

  it("calls it limited progress to stand still at a strict target", () => {
    const still = { base, current: { t: 2020, y: 100 }, target: { t: 2030, y: 100 }, comparator: ">" };
    expect(judge(still)).toMatchObject({ band: "limited progress", ratio: null });
  });

  it("judges negative values by the amount they stand for", () => {
    // A deficit of 100 that is to shrink to 50: in five of fifteen years to 79.37, as required.
    const input = { base: { t: 2015, y: -100 }, target: { t: 2030, y: -50 } };
    expect(judge({ ...input, current: { t: 2020, y: -100 * 2 ** (-1 / 3) } }).ratio).toBeCloseTo(1, 9);
    expect(judge({ ...input, current: { t: 2020, y: -101 } }).band).toBe("deterioration");
  });

  it("has a pace of zero, not of minus zero, where what should fall stands still", () => {
    const outcome = judge({ direction: "decrease", base, current: { t: 2020, y: 100 }, target: { t: 2030, y: 50 } });
    expect(outcome).toMatchObject({ band: "limited progress", signal: "off track" });
    expect(outcome.ratio).toBe(0);
  });

  it("tells from what to what, how fast, and what was wanted", () => {
    // Growth of 61.05 % in five years is 10 % a year; wanted are 100 % in ten years, 7.18 %: 139 %.
    const outcome = judge({ base, current: { t: 2020, y: 161.1, decimals: 1 }, target: { t: 2025, y: 200 } });
    expect(outcome.explanation).toEqual({
      id: "outcome.cagr-ratio.pace",
      values: {
        base: "100",
        baseTime: "2015",
        current: "161.1",
        currentTime: "2020",
        target: "200",
        targetTime: "2025",
        share: "139",
        band: "on_track",
      },
    });
    expect(judge({ base, current: { t: 2020, y: 210 }, target }).explanation).toEqual({
      id: "outcome.target-achieved",
      values: { current: "210", currentTime: "2020", target: "200" },
    });
  });

  it("gives the pace along with the achievement where there is one", () => {
    // 10 % in one year where 10 % in one year were wanted.
    const input = { base: { t: 2015, y: 100 }, current: { t: 2016, y: 110 } };
    expect(judge({ ...input, target: { t: 2016, y: 110 } }).ratio).toBeCloseTo(1, 9);
    // The target's time lies before the base: no pace leads there.
    expect(judge({ ...input, target: { t: 2014, y: 105 } })).toMatchObject({ band: "target achieved", ratio: null });
  });

  it("keeps apart what is beyond all numbers: against it nothing is much, and the wrong way is the wrong way", () => {
    const tiny = { t: 2015, y: 5e-324 };
    const endless = { base: tiny, target: { t: 2016.5, y: 1e308 } };
    expect(judge({ ...endless, current: { t: 2016, y: 5e-324 } })).toMatchObject({ band: "limited progress", ratio: 0 });
    expect(judge({ base: tiny, current: { t: 2016, y: 1e307 }, target: { t: 2115, y: 1e308 } })).toMatchObject({
      band: "on track",
      ratio: null,
    });
    const away = { direction: "decrease", base: tiny, current: { t: 2016, y: 1e308 }, target: { t: 2016.5, y: 1e307 } };
    expect(judge(away)).toMatchObject({ band: "deterioration", ratio: null });
  });

  it("takes base and current value from the series where they are not given", () => {
    const series = [at(1), { t: 2017, y: 105 }, base];
    expect(judge({ series, target }).band).toBe("on track");
  });

  it.each([
    ["no target", { base, current: at(1) }, "missing", { what: "target" }],
    ["no current value", { target }, "missing", { what: "current" }],
    ["no base", { current: at(1), target }, "missing", { what: "base" }],
    ["a growth rate", { base, current: at(1), target, shape: "rate" }, "shape", { shape: "rate" }],
    ["a rank", { base, current: at(1), target, shape: "rank" }, "shape", { shape: "rank" }],
    ["a single point", { series: [base], target }, "one-point", { base: "2015", current: "2015" }],
    [
      "a base after the current value",
      { base: { t: 2021, y: 100 }, current: at(1), target },
      "one-point",
      { base: "2021", current: "2020" },
    ],
    ["less than a year in between", { base: { t: 2019.5, y: 100 }, current: at(1), target }, "too-close", {}],
    ["a target whose time has come", { base, current: { t: 2030, y: 190 }, target }, "time-up", { current: "2030", target: "2030" }],
    ["a base of zero", { base: { t: 2015, y: 0 }, current: at(1), target }, "zero", { what: "base" }],
    ["a target of zero", { direction: "decrease", base, current: at(-1), target: { t: 2030, y: 0 } }, "zero", { what: "target" }],
    ["values on both sides of zero", { base: { t: 2015, y: -5 }, current: { t: 2020, y: 5 }, target }, "signs", {}],
    ["a target on the other side of zero", { base: { t: 2015, y: -5 }, current: { t: 2020, y: -4 }, target }, "signs", {}],
    ["a comparator against the direction", { base, current: at(1), target, comparator: "<=" }, "contradiction", {}],
    [
      "two values for one time",
      {
        base,
        current: at(1),
        target,
        series: [
          { t: 2017, y: 1 },
          { t: 2017, y: 2 },
        ],
      },
      "conflict",
      { time: "2017" },
    ],
    [
      "numbers too far apart",
      { base: { t: 2015, y: 5e-324 }, current: { t: 2016, y: 1e307 }, target: { t: 2016.5, y: 1e308 } },
      "range",
      {},
    ],
  ])("cannot judge %s, and says so", (_case, input, expected, values) => {
    expect(judge(input)).toMatchObject({ band: "cannot judge", signal: "cannot judge", ratio: null });
    expect(judge(input).explanation).toEqual({ id: `outcome.cannot-judge.${expected}`, values });
  });

  it("puts in place of zero what the caller says, as Open SDG does with 0.001", () => {
    const down = { direction: "decrease", base: { t: 2015, y: 14.5 }, current: { t: 2023, y: 10.2 }, target: { t: 2030, y: 0 } };
    const outcome = judge({ ...down, zeroAs: 0.001 });
    expect(outcome.band).toBe("limited progress");
    expect(outcome.ratio).toBeCloseTo((1 - (10.2 / 14.5) ** (1 / 8)) / (1 - (0.001 / 14.5) ** (1 / 15)), 12);
  });

  it("prints no more than was reached: a pace of 94.96 % is not printed as 95 %", () => {
    expect(judge({ base, current: at(0.9496), target }).explanation.values).toMatchObject({ share: "94", band: "acceleration_needed" });
  });
});
