import { describe, expect, it } from "vitest";
import { cagrRatio } from "../../../functions/core/assessment/cagr-ratio.ts";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";

const judge = (input: object) => cagrRatio.judge(methodInputSchema.parse(input));
const reason = (input: object) => judge(input).explanation.id.replace("outcome.cannot-judge.", "");
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

  it("takes base and current value from the series where they are not given", () => {
    const series = [at(1), { t: 2017, y: 105 }, base];
    expect(judge({ series, target }).band).toBe("on track");
  });

  it.each([
    ["no target", { base, current: at(1) }, "missing"],
    ["no current value", { base, target }, "missing"],
    ["no base", { current: at(1), target }, "missing"],
    ["a growth rate", { base, current: at(1), target, shape: "rate" }, "shape"],
    ["a rank", { base, current: at(1), target, shape: "rank" }, "shape"],
    ["a single point", { series: [base], target }, "one-point"],
    ["a base after the current value", { base: { t: 2021, y: 100 }, current: at(1), target }, "one-point"],
    ["less than a year in between", { base: { t: 2019.5, y: 100 }, current: at(1), target }, "too-close"],
    ["a target whose time has come", { base, current: { t: 2030, y: 190 }, target }, "time-up"],
    ["a base of zero", { base: { t: 2015, y: 0 }, current: at(1), target }, "zero"],
    ["a target of zero", { direction: "decrease", base, current: at(-1), target: { t: 2030, y: 0 } }, "zero"],
    ["values on both sides of zero", { base: { t: 2015, y: -5 }, current: { t: 2020, y: 5 }, target }, "signs"],
    ["a target on the other side of zero", { base: { t: 2015, y: -5 }, current: { t: 2020, y: -4 }, target }, "signs"],
    ["a comparator against the direction", { base, current: at(1), target, comparator: "<=" }, "contradiction"],
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
    ],
    ["numbers too far apart", { base: { t: 2015, y: 5e-324 }, current: { t: 2016, y: 1e307 }, target: { t: 2016.5, y: 1e308 } }, "range"],
  ])("cannot judge %s, and says so", (_case, input, expected) => {
    expect(judge(input)).toMatchObject({ band: "cannot judge", signal: "cannot judge", ratio: null });
    expect(reason(input)).toBe(expected);
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
