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

  it("is sun for a target that is reached while the mean change leads nowhere, partly cloudy when it leads back", () => {
    const flat = yearly(2015, [50, 53, 54, 55, 58, 50]);
    expect(judge({ series: flat, target: { t: 2030, y: 50 } })).toMatchObject({ band: "sun", signal: "on track", ratio: 0 });
    const back = yearly(2015, [56, 53, 54, 55, 58, 51]);
    const outcome = judge({ series: back, target: { t: 2030, y: 50 } });
    expect(outcome).toMatchObject({ band: "partly cloudy", signal: "watch", ratio: 0 });
    expect(outcome.explanation).toEqual({
      id: "outcome.weather.reached",
      values: { current: "51", currentTime: "2020", target: "50", setback: "yes" },
    });
    expect(judge({ series: back, direction: "decrease", target: { t: 2030, y: 52 } }).explanation.values).toMatchObject({ setback: "no" });
  });

  it.each([
    ["rising", [50, 53, 54, 60], "sun", 0],
    ["level over all", [60, 53, 54, 60], "storm", 1],
    ["falling", [70, 53, 54, 60], "storm", 1],
  ])("at a strict target itself, %s: no way is left to miss, but it is not reached", (_case, values, band, miss) => {
    const outcome = judge({ series: yearly(2015, values), comparator: ">", target: { t: 2030, y: 60 } });
    expect(outcome).toMatchObject({ band, ratio: miss });
  });

  it("tells the value to expect, the interval and how much would be missed", () => {
    // Two standard errors over ten years are 2 / √5 · 10 = 8.9.
    expect(judge({ series, target: { t: 2030, y: 85 } }).explanation).toEqual({
      id: "outcome.weather.projected",
      values: {
        current: "60",
        currentTime: "2020",
        target: "85",
        targetTime: "2030",
        count: 6,
        value: "80",
        low: "71",
        high: "89",
        miss: "20.0",
        band: "partly_cloudy",
      },
    });
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
    ["no target", { series }, "missing", { what: "target" }],
    ["no series", { target: { t: 2030, y: 80 } }, "missing", { what: "series" }],
    ["a time that is up", { series, target: { t: 2020, y: 80 } }, "time-up", { current: "2020", target: "2020" }],
    ["two values for one year", { series: [...series, { t: 2016, y: 1 }], target: { t: 2030, y: 80 } }, "conflict", { time: "2016" }],
    ["changes beyond all numbers", { series: yearly(2015, [1e308, -1e308, 1e308, -1e308]), target: { t: 2030, y: 80 } }, "range", {}],
    [
      "a target reached by changes beyond all numbers",
      { series: yearly(2015, [1e308, -1e308, 1e308, 1.5e308]), target: { t: 2030, y: 80 } },
      "range",
      {},
    ],
    ["a projection beyond all numbers", { series: yearly(2015, [1e307, 2e307, 3e307, 4e307]), target: { t: 2118, y: 5e307 } }, "range", {}],
    [
      "a distance beyond all numbers",
      {
        series: yearly(
          2015,
          [-13, -12, -11, -10, -9].map((y) => y * 2 ** 1020),
        ),
        target: { t: 2020, y: 14 * 2 ** 1020 },
      },
      "range",
      {},
    ],
    ["a miss beyond all numbers", { series: yearly(2015, [3, 2, 1, 0]), target: { t: 2019, y: 5e-324 } }, "range", {}],
  ])("cannot judge %s", (_case, input, expected, values) => {
    expect(judge(input)).toMatchObject({ band: "cannot judge", signal: "cannot judge", ratio: null });
    expect(judge(input).explanation).toEqual({ id: `outcome.cannot-judge.${expected}`, values });
  });
});
