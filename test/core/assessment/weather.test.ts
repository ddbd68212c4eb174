import { describe, expect, it } from "vitest";
import { methodInputSchema } from "../../../functions/core/assessment/method.ts";
import { weather } from "../../../functions/core/assessment/weather.ts";

const judge = (input: object) => weather.judge(methodInputSchema.parse(input));
const yearly = (from: number, values: readonly number[]) => values.map((y, i) => ({ t: from + i, y }));
// From 50 to 60 in five years: 2 a year, 80 in 2030.
const series = yearly(2015, [50, 53, 54, 55, 58, 60]);

describe("the weather", () => {
  it.each([
    [80, "sun", 0],
    [81, "sun", 1 / 21],
    [60 + 20 / 0.95, "partly cloudy", 0.05],
    [85, "partly cloudy", 0.2],
    [85.1, "cloud", 5.1 / 25.1],
  ])("for a target of %f is %s", (goal, band, miss) => {
    const outcome = judge({ series, target: { t: 2030, y: goal } });
    expect(outcome.band).toBe(band);
    expect(outcome.ratio).toBeCloseTo(miss, 9);
    expect(outcome.projection?.value).toBeCloseTo(80, 9);
  });

  it("is a storm when the mean change leads nowhere or away", () => {
    const flat = yearly(2015, [50, 53, 54, 55, 58, 50]);
    expect(judge({ series: flat, target: { t: 2030, y: 80 } })).toMatchObject({ band: "storm", signal: "off track" });
    expect(judge({ series, direction: "decrease", target: { t: 2030, y: 40 } }).band).toBe("storm");
  });

  it("looks at five years only, whatever lies before", () => {
    const long = [...yearly(2005, [90, 90, 90, 90, 90, 90, 90, 90, 90, 90]), ...series];
    expect(judge({ series: long, target: { t: 2030, y: 80 } })).toMatchObject({ band: "sun", ratio: 0 });
  });

  it("spreads a missing year over its neighbours, but needs four values", () => {
    const gap = series.filter((p) => p.t !== 2017 && p.t !== 2018);
    expect(judge({ series: gap, target: { t: 2030, y: 80 } })).toMatchObject({ band: "sun" });
    const outcome = judge({ series: gap.slice(1), target: { t: 2030, y: 80 } });
    expect(outcome).toMatchObject({ band: "cannot judge", explanation: { id: "outcome.cannot-judge.few-points", values: { found: 3 } } });
  });

  it("gives an interval of two standard errors of the mean change", () => {
    const made = judge({ series, target: { t: 2030, y: 100 } }).projection;
    // Changes 3, 1, 1, 3, 2 about their mean of 2: s² = 4/4, standard error 1/√5.
    expect(made?.high).toBeCloseTo(80 + (2 / Math.sqrt(5)) * 10, 9);
    expect(made?.low).toBeCloseTo(80 - (2 / Math.sqrt(5)) * 10, 9);
    expect(made?.how).toMatchObject({ id: "outcome.weather.spread", values: { count: 5 } });
  });

  it("takes a growth rate too, as changes are added and nothing is compounded", () => {
    expect(judge({ series: yearly(2015, [7, 7, 6, 6, 6]), shape: "rate", direction: "decrease", target: { t: 2025, y: 5 } }).band).toBe(
      "sun",
    );
  });

  it.each([
    ["no target", { series }, "missing"],
    ["no series", { target: { t: 2030, y: 80 } }, "missing"],
    ["a time that is up", { series, target: { t: 2020, y: 80 } }, "time-up"],
    ["two values for one year", { series: [...series, { t: 2016, y: 1 }], target: { t: 2030, y: 80 } }, "conflict"],
    ["changes beyond all numbers", { series: yearly(2015, [1e308, -1e308, 1e308, -1e308]), target: { t: 2030, y: 80 } }, "range"],
  ])("cannot judge %s", (_case, input, expected) => {
    expect(judge(input)).toMatchObject({ band: "cannot judge", explanation: { id: `outcome.cannot-judge.${expected}` } });
  });
});
