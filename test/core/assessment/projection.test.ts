import { describe, expect, it } from "vitest";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { projection } from "../../../functions/core/assessment/projection.ts";

const judge = (input: object) => projection.judge(methodInputSchema.parse(input));
const base = { t: 2015, y: 100 };
const current = { t: 2020, y: 110 };
// 10 % in five years, twice more: 133.1 in 2030.
const target = (y: number) => ({ t: 2030, y });

describe("a projection", () => {
  it.each([
    [133.1, "on track", 1],
    [100 + 33.1 / 0.95, "on track", 0.95],
    [100 + 33.1 / 0.94, "acceleration needed", 0.94],
    [100 + 33.1 / 0.1, "acceleration needed", 0.1],
    [100 + 33.1 / 0.09, "stagnation or regression", 0.09],
  ])("against a target of %f is %s", (goal, band, share) => {
    const outcome = judge({ base, current, target: target(goal) });
    expect(outcome.band).toBe(band);
    expect(outcome.ratio).toBeCloseTo(share, 9);
    expect(outcome.projection?.value).toBeCloseTo(133.1, 9);
  });

  it("says that exact values leave no interval", () => {
    const { projection: made } = judge({ base, current, target: target(150) });
    expect(made).toMatchObject({ how: { id: "outcome.projection.exact" } });
    expect(made?.low).toBe(made?.high);
  });

  it("takes the interval from the rounding of base and current value", () => {
    const rounded = { base: { ...base, decimals: 0 }, current: { ...current, decimals: 0 }, target: target(150) };
    const { projection: made } = judge(rounded);
    expect(made?.how.id).toBe("outcome.projection.rounding");
    expect(made?.low).toBeCloseTo(109.5 * (109.5 / 100.5) ** 2, 9);
    expect(made?.high).toBeCloseTo(110.5 * (110.5 / 99.5) ** 2, 9);
    const upsideDown = judge({ ...rounded, base: { ...base, y: -100, decimals: 0 }, current: { ...current, y: -110, decimals: 0 } });
    expect(upsideDown.projection?.low).toBeCloseTo(-110.5 * (110.5 / 99.5) ** 2, 9);
  });

  it("takes it from the spread of the values where five or more are known", () => {
    const growing = [100, 102, 104.04, 106.1208, 108.243216].map((y, i) => ({ t: 2015 + i, y }));
    const straight = judge({ series: growing, target: target(200) }).projection;
    expect(straight?.how).toMatchObject({ id: "outcome.projection.spread", values: { count: 5 } });
    expect((straight?.high ?? 0) - (straight?.low ?? 0)).toBeLessThan(1e-6);
    // One value 1 % off: s² = Σr²/3 over the residuals of the line through the logarithms.
    const bent = judge({ series: growing.map((p) => (p.t === 2017 ? { ...p, y: p.y * 1.01 } : p)), target: target(200) }).projection;
    const [z, squares] = [Math.log(1.01), 10];
    const spread = Math.sqrt(((z * 0.8) ** 2 + 4 * (z * 0.2) ** 2) / 3);
    const width = Math.exp(2 * spread * Math.sqrt(1 + 1 / 5 + (2030 - 2017) ** 2 / squares));
    expect(bent?.high).toBeCloseTo((bent?.value ?? 0) * width, 6);
    expect(bent?.low).toBeCloseTo((bent?.value ?? 0) / width, 6);
  });

  it("prints the projected value with no more digits than the figures carry", () => {
    const outcome = judge({ base: { t: 2015, y: 2.3, decimals: 1 }, current: { t: 2020, y: 2.6, decimals: 1 }, target: { t: 2030, y: 4 } });
    expect(outcome.explanation.values).toMatchObject({ value: "3.3", low: "3.0", high: "3.7" });
  });

  it("tells the value to expect, the interval and the share of the way", () => {
    // 2.6 · (2.6/2.3)² = 3.32 is 1.02 of the way of 1.7; the ends are 2.55 · (2.55/2.35)² = 3.00 and 2.65 · (2.65/2.25)² = 3.68.
    const input = { base: { t: 2015, y: 2.3, decimals: 1 }, current: { t: 2020, y: 2.6, decimals: 1 }, target: { t: 2030, y: 4 } };
    expect(judge(input).explanation).toEqual({
      id: "outcome.projection.way",
      values: {
        current: "2.6",
        currentTime: "2020",
        target: "4",
        targetTime: "2030",
        value: "3.3",
        low: "3.0",
        high: "3.7",
        share: "60",
        band: "acceleration_needed",
      },
    });
    const lost = judge({ base, current: { t: 2020, y: 95 }, target: target(100) });
    expect(lost.explanation.values).toMatchObject({ share: "none", band: "stagnation_or_regression" });
    expect(judge({ base, current, target: target(105) }).explanation).toEqual({
      id: "outcome.target-achieved",
      values: { current: "110", currentTime: "2020", target: "105" },
    });
  });

  it("has a share of zero, not of minus zero, where what should fall stands still", () => {
    const outcome = judge({ direction: "decrease", base, current: { t: 2020, y: 100 }, target: target(50) });
    expect(outcome.band).toBe("stagnation or regression");
    expect(outcome.ratio).toBe(0);
  });

  it("is achieved when reached, and has no share when the base had it and it was lost", () => {
    expect(judge({ base, current, target: target(110) })).toMatchObject({ band: "target achieved", signal: "achieved" });
    expect(judge({ base, current: { t: 2020, y: 95 }, target: target(100) })).toMatchObject({
      band: "stagnation or regression",
      ratio: null,
    });
    // Without a rule of its own a fall from 100 to 80 would count as "on the way" to 90.
    expect(judge({ base, current: { t: 2020, y: 80 }, target: target(90) }).band).toBe("stagnation or regression");
  });

  it("has no share either for a base that stands at a strict target", () => {
    const strict = { base, current: { t: 2020, y: 100 }, target: target(100), comparator: ">" };
    expect(judge(strict)).toMatchObject({ band: "stagnation or regression", ratio: null });
  });

  it("can go to a target of zero, as only the base is divided by", () => {
    const outcome = judge({ direction: "decrease", base, current: { t: 2020, y: 50 }, target: target(0) });
    expect(outcome.ratio).toBeCloseTo(1 - 0.125, 12);
  });

  it.each([
    ["a growth rate", { base, current, target: target(200), shape: "rate" }, "shape", { shape: "rate" }],
    ["no target", { base, current }, "missing", { what: "target" }],
    ["no current value", { target: target(200) }, "missing", { what: "current" }],
    ["no base", { current, target: target(200) }, "missing", { what: "base" }],
    ["a time that is up", { base, current, target: { t: 2020, y: 200 } }, "time-up", { current: "2020", target: "2020" }],
    ["a base of zero", { base: { t: 2015, y: 0 }, current, target: target(200) }, "zero", { what: "base" }],
    ["values on both sides of zero", { base: { t: 2015, y: -1 }, current, target: target(200) }, "signs", {}],
    ["growth beyond all numbers", { base: { t: 2015, y: 1 }, current: { t: 2016, y: 1e300 }, target: { t: 2030, y: 1e301 } }, "range", {}],
    [
      "growth beyond all numbers of what should not have grown at all",
      { direction: "decrease", base: { t: 2015, y: 1 }, current: { t: 2016, y: 1e300 }, target: target(2) },
      "range",
      {},
    ],
    // 2^-52 a year for 3.1·10^18 years is about 10^299; the way is 2^-51 long.
    [
      "a share of the way beyond all numbers",
      { base: { t: 0, y: 1 }, current: { t: 1, y: 1 + 2 ** -52 }, target: { t: 3.1e18, y: 1 + 2 ** -51 } },
      "range",
      {},
    ],
  ])("cannot judge %s", (_case, input, expected, values) => {
    expect(judge(input)).toMatchObject({ band: "cannot judge", signal: "cannot judge", ratio: null });
    expect(judge(input).explanation).toEqual({ id: `outcome.cannot-judge.${expected}`, values });
  });
});
