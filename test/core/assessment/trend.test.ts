import { describe, expect, it } from "vitest";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { trend } from "../../../functions/core/assessment/trend.ts";

const judge = (input: object) => trend.judge(methodInputSchema.parse(input));
const base = { t: 2015, y: 10 };
const grown = (growth: number, from = 10) => ({ t: 2020, y: from * (1 + growth) ** 5 });

describe("growth without a target", () => {
  it.each([
    [0.015, "on track", "on track"],
    [0.0149, "acceleration needed", "watch"],
    [0.005, "acceleration needed", "watch"],
    [0.0049, "limited progress", "watch"],
    [0, "limited progress", "watch"],
    [-0.0001, "deterioration", "off track"],
  ])("of %f a year is %s", (growth, band, signal) => {
    expect(judge({ base, current: grown(growth) })).toMatchObject({ band, signal });
    // Falling is the good direction of what should fall.
    const down = growth < 0 ? "deterioration" : band;
    expect(judge({ direction: "decrease", base, current: grown(-growth) }).band).toBe(down);
  });

  it("scales the thresholds by 1 − (base/limit)^4.44 below a ceiling, and by the mirror image above a floor", () => {
    const scale = 1 - 0.9 ** 4.44;
    expect(judge({ limit: 100, base: { t: 2015, y: 90 }, current: grown(0.0151 * scale, 90) }).band).toBe("on track");
    expect(judge({ limit: 100, base: { t: 2015, y: 90 }, current: grown(0.0149 * scale, 90) }).band).toBe("acceleration needed");
    const floor = { direction: "decrease", limit: 100, base: { t: 2015, y: 110 } };
    expect(judge({ ...floor, current: grown(-0.0151 * scale, 110) }).band).toBe("on track");
    expect(judge({ ...floor, current: grown(-0.0149 * scale, 110) }).band).toBe("acceleration needed");
  });

  it.each([
    ["a floor under what should rise", { limit: 5 }],
    ["a ceiling over what should fall", { direction: "decrease", limit: 20 }],
    ["a floor of zero", { direction: "decrease", limit: 0 }],
    ["a floor at half the base", { direction: "decrease", limit: 5 }],
    ["a floor at less than half the base", { direction: "decrease", limit: 4 }],
    ["a floor near the base of what should rise", { limit: 8 }],
    ["a ceiling near the base of what should fall", { direction: "decrease", limit: 12 }],
    ["a limit on the other side of zero", { direction: "decrease", limit: -10 }],
  ])("leaves the thresholds alone for %s", (_case, more) => {
    const growth = "direction" in more ? -0.0149 : 0.0149;
    expect(judge({ ...more, base, current: grown(growth) }).band).toBe("acceleration needed");
  });

  it("asks nothing more of a base at its floor than not to rise", () => {
    const at = (y: number) => judge({ direction: "decrease", limit: 100, base: { t: 2015, y: 100 }, current: { t: 2020, y } });
    expect(at(100)).toMatchObject({ band: "on track", signal: "on track" });
    expect(at(100.1).band).toBe("deterioration");
  });

  it("has a growth of zero, not of minus zero, where what should fall stands still", () => {
    expect(judge({ direction: "decrease", base, current: { t: 2020, y: 10 } }).ratio).toBe(0);
  });

  it("tells the growth and the thresholds it was held against", () => {
    expect(judge({ base: { t: 2015, y: 100 }, current: { t: 2016, y: 102 } }).explanation).toEqual({
      id: "outcome.trend.growth",
      values: {
        base: "100",
        baseTime: "2015",
        current: "102",
        currentTime: "2016",
        growth: "2.00",
        high: "1.50",
        low: "0.50",
        scaled: "no",
        band: "on_track",
      },
    });
    // 1 − 0.9^4.44 = 0.3736: 1.5 · 0.3736 = 0.56, 0.5 · 0.3736 = 0.19.
    expect(judge({ limit: 100, base: { t: 2015, y: 90 }, current: { t: 2016, y: 90.45 } }).explanation.values).toMatchObject({
      growth: "0.50",
      high: "0.56",
      low: "0.19",
      scaled: "yes",
      band: "acceleration_needed",
    });
  });

  it("judges negative values by the amount: a loss that shrinks grows", () => {
    const loss = { base: { t: 2015, y: -10 }, current: { t: 2020, y: -9 } };
    expect(judge(loss).band).toBe("on track");
    expect(judge({ ...loss, direction: "decrease" }).band).toBe("deterioration");
  });

  it("takes falling to zero as the whole way", () => {
    expect(judge({ direction: "decrease", base, current: { t: 2020, y: 0 } })).toMatchObject({ band: "on track", ratio: 1 });
  });

  it.each([
    ["a growth rate", { base, current: grown(0.1), shape: "rate" }, "shape", { shape: "rate" }],
    ["nothing at all", {}, "missing", { what: "current" }],
    ["a single point", { series: [base] }, "one-point", { base: "2015", current: "2015" }],
    ["a base of zero", { base: { t: 2015, y: 0 }, current: grown(0.1) }, "zero", { what: "base" }],
    ["values on both sides of zero", { base, current: { t: 2020, y: -1 } }, "signs", {}],
    ["growth beyond all numbers", { base: { t: 2015, y: 5e-324 }, current: { t: 2016, y: 1e308 } }, "range", {}],
  ])("cannot judge %s", (_case, input, expected, values) => {
    expect(judge(input)).toMatchObject({ band: "cannot judge", signal: "cannot judge", ratio: null });
    expect(judge(input).explanation).toEqual({ id: `outcome.cannot-judge.${expected}`, values });
  });
});
